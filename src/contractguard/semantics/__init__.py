"""What can be said about sets of payloads: below the diff, which calls it. It knows schemas in normal form and nothing else."""
