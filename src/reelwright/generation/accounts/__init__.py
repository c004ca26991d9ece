"""The account pool: several keys a vendor, each used within its limits, and healed when it fails."""
