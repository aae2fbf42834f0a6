"""What several rules ask of the facts: aliases, approvals, hosts, senders, ways back."""
