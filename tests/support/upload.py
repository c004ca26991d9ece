"""Files sent over HTTP by tests."""

API = "/api/v1"


async def uploaded(client, data, name):
    """The id of the asset that some bytes become."""
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(data))}
    headers["Content-Type"] = "application/offset+octet-stream"
    made = await client.post(f"{API}/uploads", headers=headers, content=data)
    assert made.status_code == 201, (name, made.text)
    return made.headers["content-location"].rpartition("/")[2]
