"""How the server is set: small when idle, safe for its data, silent about people's data."""

from pathlib import Path

_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "250",  # several workers of one house, each with all its pools
    # Memory is touched when it is used, so an idle server stays small.
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    # Few processes: no parallel plans over small tables, no replication.
    "max_parallel_workers_per_gather": "0",
    "max_worker_processes": "4",
    "max_logical_replication_workers": "0",
    "max_wal_senders": "2",
    "max_replication_slots": "0",
    "autovacuum_max_workers": "2",
    # No shared memory of the system's: it is small in containers and removed at logout.
    "dynamic_shared_memory_type": "mmap",
    "wal_compression": "on",
    "min_wal_size": "32MB",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The log names no values: statements and details hold people's texts.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "password_encryption": "scram-sha-256",
}
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def options(folder: Path, major: int, *, durable: bool) -> list[str]:
    """The server's options; `durable` false trades the data's safety for speed (tests)."""
    chosen = _ALWAYS | {"unix_socket_directories": str(folder)}
    if major >= 18:
        chosen |= {"io_method": "sync", "autovacuum_worker_slots": "2"}
    if not durable:
        chosen |= _FAST
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
