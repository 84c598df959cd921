"""`python -m benchmarks.echo`: the floor of `websocket`, a bare FastAPI echo under the server's uvicorn settings."""

from fastapi import FastAPI, WebSocket
from starlette.websockets import WebSocketDisconnect

from app import running

app = FastAPI()


@app.websocket("/")
async def echo(websocket: WebSocket) -> None:
    """Send back whatever comes."""
    await websocket.accept()
    try:
        while True:
            await websocket.send_text(await websocket.receive_text())
    except WebSocketDisconnect:
        return


if __name__ == "__main__":
    listening = running.listen("127.0.0.1", 0)
    print("listening on http://{}:{}".format(*listening.getsockname()), flush=True)
    running.run(app, listening)
