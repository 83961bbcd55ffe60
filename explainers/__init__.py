"""The numbers: models and cases in, evidence out; no words, no state, nothing of the conversation."""
