"""What is known of one tool and asked in more than one place."""
