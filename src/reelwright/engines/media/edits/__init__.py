"""What can be done with files: cut, joined, mixed, filtered, measured, brought into another form."""
