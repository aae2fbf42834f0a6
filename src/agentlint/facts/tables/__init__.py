"""Tables of models and routes that teams write for programs of their own."""
