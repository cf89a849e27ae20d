"""Git repositories: found, asked and read without checkout, without network and without running what they configure."""
