"""/api/v1/feeds: the feeds that are watched."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response
from pydantic import Field

from sayso.desk.answers.feeds import (
    FeedList,
    FeedState,
    add_feed,
    add_list,
    change_feed,
    feed_lines,
    forget_feed,
    get_feed,
    list_feeds,
)
from sayso.desk.api.sent import Sent
from sayso.desk.asking import Asked
from sayso.intake.feeds import write_opml

router = APIRouter(tags=["feeds"])
FeedId = Annotated[str, Path(max_length=80, examples=["feed-5d0c4e1f9a7b2c33"])]


OPML = (
    '<opml version="2.0"><body><outline text="World" xmlUrl="https://news.example/world/rss"/>'
    "</body></opml>"
)


class NewFeed(Sent):
    """A feed to watch."""

    url: str = Field(max_length=2_000, examples=["https://news.example/world/rss"])
    name: str | None = Field(None, max_length=200)
    publisher: str | None = Field(
        None, max_length=200, description="Of reports whose page does not say who publishes it."
    )
    every: str = Field("15m", max_length=10, description="Between two looks: 30s, 15m, 6h, 1d.")


class FeedChange(Sent):
    """What is to change; `look`: now, not when it is due."""

    paused: bool | None = Field(None, examples=[True])
    look: bool = False


@router.get("/feeds")
def get_all(asked: Asked) -> FeedList:
    """All feeds and how they fare."""
    return list_feeds(asked.ledger)


@router.post("/feeds", status_code=201)
def post_feed(asked: Asked, feed: NewFeed) -> FeedState:
    """Watch a feed; one that is watched already is said anew."""
    return add_feed(
        asked.ledger, feed.url, name=feed.name, publisher=feed.publisher, every=feed.every
    )


@router.get("/feeds.opml", response_class=Response)
def get_opml(asked: Asked) -> Response:
    """All feeds as OPML."""
    return Response(write_opml(list(feed_lines(asked.ledger))), media_type="text/x-opml")


@router.post("/feeds.opml", status_code=201)
def post_list(
    asked: Asked, content: Annotated[bytes, Body(media_type="text/x-opml", examples=[OPML])]
) -> FeedList:
    """Watch the feeds of an OPML (or TOML) list."""
    return add_list(asked.ledger, "the list", content)


@router.get("/feeds/{feed}")
def get_one(asked: Asked, feed: FeedId) -> FeedState:
    """One feed and how it fares."""
    return get_feed(asked.ledger, feed)


@router.patch("/feeds/{feed}")
def patch_feed(asked: Asked, feed: FeedId, change: FeedChange) -> FeedState:
    """Pause a feed, go on with it, or have it looked at now."""
    return change_feed(asked.ledger, feed, paused=change.paused, look=change.look)


@router.delete("/feeds/{feed}", status_code=204)
def delete_feed(asked: Asked, feed: FeedId) -> None:
    """Watch a feed no more; what was read of it stays."""
    forget_feed(asked.ledger, feed)
