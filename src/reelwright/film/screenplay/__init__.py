"""The screenplay as film people write it: Fountain, Final Draft, PDF, plain text."""
