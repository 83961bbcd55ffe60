"""How the reading of questions is learned: composed questions, what stands in them, and small models of that."""
