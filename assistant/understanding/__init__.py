"""From a reader's words to a typed question: kinds by examples, slots by the schema, asking back when unsure."""
