"""The page people open first: `python app.py`, then the address it prints."""

from assistant.interfaces.web.front import open_front

front = open_front(serving=__name__ == "__main__")
demo = front.demo

if __name__ == "__main__":
    front.serve()
