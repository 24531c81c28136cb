"""`make run`: everything up, in the right order, until somebody says stop."""

import asyncio
import json
import sys
import time
import urllib.error
import urllib.request

from community.running import plan as plans
from community.running import servers, steps
from community.running.children import Child, Voice
from community.running.folder import ROOT, Lock
from community.running.plan import Plan
from community.running.supervising import Supervisor, supervise
from community.running.trouble import Trouble

STOP_ORDER = (("web", "worker", "beat"), *servers.STOP_LAST)
DATABASE_CONNECTIONS = "16"  # shared by the threads of the web process


def site_lock(folder) -> Lock:
    """Held by the one `run` of a data folder."""
    return Lock(folder / "run/site.lock")


def serve(env) -> None:
    plan = plans.read(env)
    plan.folder.open()
    lock = site_lock(plan.folder)
    if not lock.take():
        where = plan.folder.note("run/site").get("site_url", "its address is on its terminal")
        raise Trouble(
            f"Homeground is already running on the data in {plan.folder.path} ({where}). "
            "Stop it there with Ctrl-C, or start a second one with its own data: "
            f"VAR_DIR=var2 PORT={plan.port + 1} make run"
        )
    plans.check_port(plan)
    plan.folder.keep_note("run/site", site_url=plan.site_url)
    owner = servers.owner_lock(plan.folder)
    owned = owner.take()
    try:
        supervise(lambda supervisor: _work(supervisor, plan, owned), voice=Voice(), order=STOP_ORDER)
    finally:
        if owned:
            servers.untell(plan.folder)
        owner.drop()
        lock.drop()


async def _work(supervisor: Supervisor, plan: Plan, owned: bool) -> None:
    started = time.monotonic()
    voice = supervisor.voice
    urls: dict[str, str] = {}
    if plan.embedded and owned:
        voice.say("Starting PostgreSQL and Valkey …")
        urls = await servers.start(supervisor, plan.folder, durable=True, wanted=plan.embedded)
        servers.tell(plan.folder, urls)
    elif plan.embedded:
        voice.say("Another command has PostgreSQL and Valkey of this folder up; sharing them.")
        urls, _ = await asyncio.to_thread(servers.use, plan.folder, env=plan.env)
    env = plans.environment(plan, urls)
    doer = steps.Doer(supervisor, plan.folder, env)
    await steps.together(doer.do(*steps.preparations(plan)), doer.do(steps.migration(plan)))
    if plan.demo:
        await _demo(doer, plan)
    web, *others = processes(plan, env)
    voice.say("Starting the site …")
    await supervisor.keep(web)
    await supervisor.ready(web, within=120)
    # The others import as much as the web process does; the first page should not wait for them.
    for child in others:
        await supervisor.keep(child)
    announce(plan, voice, seconds=time.monotonic() - started)
    await supervisor.stopping.wait()
    supervisor.check()


async def _demo(doer: steps.Doer, plan: Plan) -> None:
    if await doer.do(steps.demonstration(plan)) or not plan.folder.note("demo"):
        # Asking takes as long as starting the site does, so the answer is kept.
        try:
            plan.folder.keep_note("demo", **json.loads(await doer.output([*steps.MANAGE, "demo", "--show"])))
        except ValueError as error:
            raise Trouble("`manage.py demo --show` did not answer in JSON. Start again with DEMO=off.") from error


def processes(plan: Plan, env: dict[str, str]) -> list[Child]:
    python = sys.executable
    celery = [python, "-m", "celery", "--quiet", "-A", "community.celery"]
    web = [python, "-m", "uvicorn", "community.asgi:application", "--host", plan.host, "--port", str(plan.port)]
    web += ["--no-server-header", "--no-proxy-headers", "--no-access-log", "--ws-max-size", "65536"]
    web += ["--timeout-graceful-shutdown", "10", "--lifespan", "on"]
    worker = [*celery, "worker", "--loglevel", "WARNING", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile", "", "--schedule", str(plan.folder / "beat-schedule")]
    return [
        Child("web", web, env={**env, "DATABASE_POOL": DATABASE_CONNECTIONS}, folder=ROOT, is_ready=_answers(plan)),
        Child("worker", worker, env=env, folder=ROOT, patience=25),
        Child("beat", beat, env=env, folder=ROOT),
    ]


def _answers(plan: Plan):
    """The site answers under its own name that database, Valkey and migrations are well."""
    host = plan.site_url.split("://")[-1]
    request = urllib.request.Request(f"{plan.knock_url}/readyz", headers={"Host": host})  # noqa: S310 (our own)

    def answers() -> bool:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    return answers


def announce(plan: Plan, voice: Voice, *, seconds: float) -> None:
    facts = plan.folder.note("demo") if plan.demo else {}
    lines = ["", f"Homeground is up after {seconds:.1f} s.", ""]
    lines += [f"  Site     {plan.site_url}/", f"  Desk     {plan.site_url}/desk/"]
    for link in facts.get("links", [])[:3]:
        lines.append(f"  Try      {_absolute(plan, link)}")
    if facts:
        lines += [f"  Mails    {plan.site_url}/desk/mail/ (nothing leaves this machine)", "", "  Sign in as"]
        lines += [f"    {_line(each)}" for each in facts.get("sign_ins", [])]
        lines += ["  with the six digits of the mail that arrives under Mails."]
    lines += ["", "Ctrl-C stops everything.", ""]
    for line in lines:
        voice.say(line)


def _absolute(plan: Plan, link) -> str:
    address = link.get("url") or link.get("path") if isinstance(link, dict) else link
    label = f"   ({link['label']})" if isinstance(link, dict) and link.get("label") else ""
    return f"{plan.site_url}{address}{label}" if str(address).startswith("/") else f"{address}{label}"


def _line(sign_in) -> str:
    if isinstance(sign_in, dict):
        return "  ".join(str(value) for value in sign_in.values())
    return str(sign_in)
