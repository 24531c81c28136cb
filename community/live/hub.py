"""One hub for each process: one subscription for each topic watched here, and every frame handed to all its sockets."""

import asyncio
import contextlib
import logging
import os
import random
import uuid
import weakref
from collections import Counter, defaultdict

from channels.layers import get_channel_layer

from community.live import checking, draining, presence
from community.live.checking import Place
from community.live.doors import wire
from community.live.publishing import HUBS
from community.live.rooms import Room, less

BEAT = 2  # seconds between the words a hub says to itself through the layer
DEAF = 8  # seconds without hearing itself, after which it must be deaf
RECHECK = 60  # seconds after which a door asks again who stands in it
SWEEP = 5
THROTTLE = 2  # seconds between two presence frames of one topic
TYPING = 1  # the same of who writes there
REFRESH = 20  # seconds between two counts of a quiet topic
LINGER = 10  # seconds an empty room is kept: people go from page to page
TURN = 500  # sockets written to before others get their turn

logger = logging.getLogger(__name__)


class Hub:
    """The process's ear on the layer, and its hand on every socket."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.layer = get_channel_layer()
        self.process = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.channel = ""
        self.rooms: dict[str, Room] = {}
        self.doors: set = set()
        self.addresses: Counter = Counter()
        self.members: Counter = Counter()
        self.empty = asyncio.Event()
        self.leaving = False  # about to stop: nobody is let in any more
        self.hearing = asyncio.Event()
        self.inbox: list[dict] = []
        self.arrived = asyncio.Event()
        self.lock = asyncio.Lock()
        self.tasks: set[asyncio.Task] = set()

    # --- life ------------------------------------------------------------------------------------

    def start(self):
        if not self.tasks:
            for work in (self._stay_on_the_layer(), self._beat(), self._hand_out(), self._sweep()):
                self.later(work)

    async def stop(self):
        for door in self.doors:
            door.shut(1012)
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        with contextlib.suppress(Exception):
            async with asyncio.timeout(2):
                for room in self.rooms.values():
                    await presence.tell(room.name, self.process, (), {})

    def later(self, work):
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    # --- hearing ---------------------------------------------------------------------------------

    async def _stay_on_the_layer(self):
        while True:
            try:
                await self._join()
                await self._listen()
            except Exception as error:
                logger.warning("the wire is silent, trying again: %s", type(error).__name__)
            self.hearing.clear()
            # Nothing can be promised on these sockets now. Their pages come back, and ask by number what they missed.
            for door in self.doors:
                door.shut(1013)
            with contextlib.suppress(Exception):
                async with asyncio.timeout(2):
                    await self.layer.flush()
            await asyncio.sleep(1)

    async def _join(self):
        async with asyncio.timeout(DEAF):
            self.channel = await self.layer.new_channel("hub.")
            for group in (HUBS, *self.rooms):
                await self.layer.group_add(group, self.channel)
        # The layer subscribes again by itself after a lost connection, and does not say so. Its connection does.
        for shard in self.layer._shards:
            if shard._pubsub and shard._pubsub.connection:
                shard._pubsub.connection.register_connect_callback(self._reconnected)

    async def _listen(self):
        async with asyncio.timeout(DEAF) as patience:
            while True:
                message = await self.layer.receive(self.channel)
                if message["type"] == "beat":
                    self.hearing.set()
                    patience.reschedule(self.loop.time() + DEAF)
                elif message["type"] == "recheck":
                    self._ask_again(message)
                elif message["type"] == "typing":
                    self._note_writer(message)
                else:
                    # Not handed out here: what has already arrived is gathered first, and goes out in one piece.
                    self.inbox.append(message)
                    self.arrived.set()

    async def _beat(self):
        while True:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(BEAT):
                    await self.layer.send(self.channel, {"type": "beat"})
            await asyncio.sleep(BEAT if self.hearing.is_set() else 0.1)

    async def _reconnected(self, connection):
        """Frames may have been lost meanwhile: for each room, ask the database how far it is."""
        logger.warning("the wire was cut and is whole again")
        self.later(self.recheck([next(iter(room)) for room in self.rooms.values() if room.people]))

    # --- handing out -----------------------------------------------------------------------------

    async def _hand_out(self):
        while True:
            await self.arrived.wait()
            self.arrived.clear()
            batch, self.inbox = self.inbox, []
            by_topic = defaultdict(list)
            for message in batch:
                by_topic[message["topic"]].append(message)
            for name, messages in by_topic.items():
                if room := self.rooms.get(name):
                    try:
                        await self._hand_to(room, messages)
                    except Exception:
                        logger.exception("frames of %s were not handed out", name)

    async def _hand_to(self, room, messages):
        if room.asking:
            room.keep(messages)
            return
        everyone = []
        for message in messages:
            if message["type"] == "presence":
                room.here = presence.Here(message["count"], tuple(message["people"]))
                room.tell_presence()
            else:
                room.last = max(room.last, message["n"])
                room.remember(message)
                everyone.append(message["texts"])
        for language, doors in list(room.doors.items()):
            texts = [each if isinstance(each, bytes) else each[language] for each in everyone]
            joined = b"".join(map(wire, texts))
            for turn, door in enumerate(list(doors), start=1):
                door.write(joined, texts)
                if turn % TURN == 0:
                    await asyncio.sleep(0)

    # --- coming and going ------------------------------------------------------------------------

    def enter(self, door):
        self.doors.add(door)
        self.addresses[door.address] += 1
        self.members[door.person.pk] += 1
        door.due = self.loop.time() + RECHECK * random.uniform(0.8, 1)  # noqa: S311 (spreads work, hides nothing)

    def leave(self, door):
        for name in list(door.rooms):
            self.unwatch(door, name)
        self.doors.discard(door)
        less(self.addresses, door.address)
        less(self.members, door.person.pk)
        door.forget()
        if not self.doors:
            self.empty.set()

    async def emptied(self):
        """Returns when the last socket has gone."""
        self.empty.clear()
        if self.doors:
            await self.empty.wait()

    async def listen_to(self, name) -> Room:
        """The room, subscribed before anyone asks for its number: nothing can happen unheard in between."""
        async with self.lock:
            if name not in self.rooms:
                async with asyncio.timeout(3):
                    await self.layer.group_add(name, self.channel)
                self.rooms[name] = Room(name)
            room = self.rooms[name]
            room.left = self.loop.time()
            return room

    def watch(self, door, room, place: Place) -> int:
        """Lets the door hear the room from now on; gives the number it should have reached."""
        room.last = max(room.last, place.number)
        if room.name not in door.rooms:
            room.enter(door, place)
            self._count_soon(room)
        return room.last

    def unwatch(self, door, name):
        if room := door.rooms.pop(name, None):
            room.leave(door)
            room.left = self.loop.time()
            self._count_soon(room)

    # --- presence --------------------------------------------------------------------------------

    def _count_soon(self, room):
        if room.counting is None:
            room.counting = self.later(self._count(room))

    async def _count(self, room):
        await asyncio.sleep(max(0, room.counted + THROTTLE - self.loop.time()))
        room.counted, room.counting = self.loop.time(), None
        with contextlib.suppress(Exception):  # a count is a courtesy
            async with asyncio.timeout(2):
                here = await presence.tell(room.name, self.process, room.people, room.faces)
                if here != room.here:
                    told = {"count": here.count, "people": list(here.people)}
                    await self.layer.group_send(room.name, {"type": "presence", "topic": room.name, **told})

    # --- writing ---------------------------------------------------------------------------------

    async def writes(self, door, name, over):
        """Says to everyone in a room that somebody writes there, or has stopped; of those alone who may, and are seen."""
        room, now = door.rooms.get(name), self.loop.time()
        if room is None or not door.places[name].face or (not over and now - door.wrote < TYPING):
            return
        door.wrote = now
        if door.places[name].number != room.last:
            # Something has happened meanwhile, and it may have been that the room was closed.
            try:
                place = await checking.place_of(name, door.person)
            except Exception:  # shut, or not to be found out: either way nobody is told
                return
            if name not in door.rooms:
                return
            room.last = max(room.last, place.number)
            room.know(door, place)
        place = door.places[name]
        if place.face and place.speaks:
            told = {"type": "typing", "topic": name, "face": place.face, "over": over}
            with contextlib.suppress(Exception):  # a courtesy, too
                async with asyncio.timeout(2):
                    await self.layer.group_send(name, told)

    def _note_writer(self, message):
        if room := self.rooms.get(message["topic"]):
            room.writes(message["face"], message["over"], self.loop.time())
            if room.telling is None:
                room.telling = self.later(self._tell_writers(room))

    async def _tell_writers(self, room):
        told: list[dict] = []
        try:
            while True:
                writing = room.writing(self.loop.time())
                if writing != told and not room.asking:
                    room.tell_writers(told, writing)
                    told = writing
                if not told and not writing:
                    return
                await asyncio.sleep(TYPING)
        finally:
            room.telling = None

    # --- asking again ----------------------------------------------------------------------------

    async def _sweep(self):
        while True:
            await asyncio.sleep(SWEEP)
            now = self.loop.time()
            try:
                await self.recheck([door for door in self.doors if door.due <= now])
                for room in list(self.rooms.values()):
                    room.forget(now)
                    if room.people and room.counted + REFRESH < now:
                        self._count_soon(room)
                    elif not room.people and room.left + LINGER < now:
                        await self._close_room(room)
            except Exception:
                logger.exception("a sweep was not finished")

    async def _close_room(self, room):
        async with self.lock:
            if not room.people and room.left + LINGER < self.loop.time():
                del self.rooms[room.name]
                with contextlib.suppress(Exception):
                    async with asyncio.timeout(3):
                        await self.layer.group_discard(room.name, self.channel)

    async def _recheck_member(self, member_id):
        # A sign-out speaks a moment before its session is gone.
        for pause in (0, 0.2, 1):
            await asyncio.sleep(pause)
            await self.recheck([door for door in self.doors if door.person.pk == member_id])

    def _ask_again(self, message):
        if "member" in message:
            self.later(self._recheck_member(message["member"]))
            return
        topic = message["topic"]
        for name, room in self.rooms.items():
            if name == topic or (topic.endswith(".") and name.startswith(topic)):
                room.asking += 1  # from this moment nobody hears more of it who has not been asked
                self.later(self._recheck_room(room))

    async def _recheck_room(self, room):
        try:
            await self.recheck(list(room))
        finally:
            room.asking -= 1
            if not room.asking and room.kept:
                kept, room.kept = room.kept, []
                await self._hand_to(room, kept)

    async def recheck(self, doors):
        """Asks for each door again who stands in it, what they may see, and how far that is."""
        for door in doors:
            door.due = self.loop.time() + RECHECK * random.uniform(0.8, 1)  # noqa: S311
        found = await checking.check({(door.reader.session, name) for door in doors for name in (*door.rooms, "")})
        for door in doors:
            if door in self.doors:
                self._obey(door, found)
        # Whatever the layer lost, and whatever a killed process committed without telling, is noticed here.
        for (_, name), place in found.places.items():
            room = self.rooms.get(name)
            if room and place is not None and place.number > room.last:
                room.last = place.number
                room.tell({"topic": name, "kind": "behind", "n": place.number})

    def _obey(self, door, found):
        person = found.people.get(door.reader.session, door.person)
        if person.pk != door.person.pk:
            door.shut(4401)  # signed out, or someone else by now: the page comes back as who it is
            return
        door.person = person
        for name, room in list(door.rooms.items()):
            place = found.places.get((door.reader.session, name), door.places[name])
            if place is None:
                self.unwatch(door, name)
                door.tell({"topic": name, "kind": "closed"})
            elif place is not door.places[name]:
                before = door.places[name]
                room.know(door, place)
                if place.face != before.face:
                    self._count_soon(room)
                if place.apart != before.apart:
                    room.greet(door, self.loop.time(), whatever=True)
                if place.answers != before.answers:
                    door.tell({"topic": name, "kind": "dock"})


_hubs: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = weakref.WeakKeyDictionary()


def current() -> Hub:
    """This process's hub, started."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
        _hubs[loop].start()
    return _hubs[loop]


@contextlib.asynccontextmanager
async def running():
    """The hub for as long as the server runs."""
    hub = current()
    try:
        with draining.before_the_end(hub):
            yield hub
    finally:
        _hubs.pop(hub.loop, None)
        await hub.stop()
