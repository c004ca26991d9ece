"""Capabilities behind contracts: media, storage, processes."""
