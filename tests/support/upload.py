"""Files sent over HTTP by tests."""

from base64 import b64encode

API = "/api/v1"


async def uploaded(client, data, name, project=None):
    """The id of the asset that some bytes become, of a project if one is named."""
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(data))}
    if project:
        headers["Upload-Metadata"] = f"project_id {b64encode(project.encode()).decode()}"
    headers["Content-Type"] = "application/offset+octet-stream"
    made = await client.post(f"{API}/uploads", headers=headers, content=data)
    assert made.status_code == 201, (name, made.text)
    return made.headers["content-location"].rpartition("/")[2]
