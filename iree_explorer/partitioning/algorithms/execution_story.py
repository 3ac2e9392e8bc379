"""Tells a witness how the reference partitioner of execution regions decides. Nothing here decides anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from typing_extensions import override
from xdsl.ir import Attribute, Operation

from iree_explorer.analysis.op_facts import affinity_text
from iree_explorer.dialects.stream.region_ops import AsyncExecuteOp
from iree_explorer.partitioning.algorithms.execution_run import ExecutionRun
from iree_explorer.partitioning.algorithms.execution_state import ExecutionWatcher, OpInfo, Refusal, Weighing
from iree_explorer.partitioning.algorithms.ordinal_set import OrdinalSet, above, top_of
from iree_explorer.partitioning.trace.reasons import Candidate, Ordinals, Relation, User, Why
from iree_explorer.partitioning.trace.steps import (
    Cloned,
    Flushed,
    LeftForRematerialization,
    Opened,
    Placed,
    Skip,
    Visited,
    Weighed,
)

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness


class ExecutionStory(ExecutionWatcher):
    """Watches one run; the run calls it as it decides."""

    def __init__(self, run: ExecutionRun, witness: Witness) -> None:
        self._run = run
        self._record = witness.record
        self._number = witness.ids.of
        self._ids = witness.ids.all_of(run.facts.ops)
        self._closed_by: tuple[int, ...] = ()
        self._was_opened = False
        self._whys: dict[tuple[int, int, tuple[int, ...]], Why] = {}

    @override
    def skipped(self, op: int, skip: Skip) -> None:
        is_region = skip == "host" and isinstance(self._run.facts.ops[op], AsyncExecuteOp)
        self._record(Visited(self._ids[op], "region" if is_region else skip))

    @override
    def put_off(self, op: int, producer: Operation) -> None:
        self._record(Visited(self._ids[op], "sync", self._number(producer)))

    @override
    def flushed(self, op: int) -> None:
        count = len(self._run.buildings)
        if count > self._run.floor:
            self._record(Flushed(self._ids[op], Ordinals(self._run.floor, count)))
            self._closed_by = (self._ids[op],)

    @override
    def opened(self, op: int, ordinal: int) -> None:
        self._record(Opened(self._ids[op], ordinal, "none left" if ordinal else "none yet"))

    @override
    def followed(self, sync: int, ordinal: int) -> None:
        self._record(Placed(self._ids[sync], ordinal, "with producer"))

    @override
    def cloned(self, weighing: Weighing, consumers: list[int]) -> None:
        self._record(Cloned(self._ids[weighing.op], tuple(consumers)))

    @override
    def left(self, weighing: Weighing) -> None:
        self._record(LeftForRematerialization(self._ids[weighing.op]))

    @override
    def placed(self, weighing: Weighing, ordinal: int) -> None:
        op = self._ids[weighing.op]
        if ordinal in weighing.below.consumers:
            only = len(weighing.below.consumers) == 1 and not weighing.below.closed_consumer
            self._record(Placed(op, ordinal, "only consumer" if only else "first consumer"))
        else:
            self._record(Placed(op, ordinal, "none left" if self._was_opened else "first candidate"))

    # --- The table of candidates ---

    @override
    def weighed(self, weighing: Weighing, chosen: int | None) -> None:
        self._was_opened = chosen is None
        feeding = self._feeding(weighing)
        users = self._users(weighing, feeding)
        self._record(Weighed(self._ids[weighing.op], users, self._rows(weighing, feeding, chosen)))

    def _feeding(self, weighing: Weighing) -> dict[int, OpInfo]:
        """The users, each once, that are known to be downstream of the op."""
        run = self._run
        users = dict(run.known_users(weighing.op))
        for user in run.facts.region_users.get(weighing.op, ()):
            if (info := run.info_of(user)) is not None:
                users[user] = info
        for sync in weighing.syncs:
            users.update(run.known_users(sync))
        return users

    def _users(self, weighing: Weighing, feeding: Mapping[int, OpInfo]) -> tuple[User, ...]:
        run, facts = self._run, self._run.facts
        nested, region_users = facts.nested_users.get(weighing.op), facts.region_users.get(weighing.op)
        if not (nested or region_users or weighing.syncs):
            return tuple([self._user(user, info, "direct") for user, info in feeding.items()])
        users: dict[tuple[int, str], User] = {}
        for user in facts.users[weighing.op]:
            if (info := run.info_of(user)) is not None:
                users.setdefault((user, "user"), self._user(user, info, "direct"))
        for around in nested or ():
            info = run.info_around(around)
            if info is not None:
                users.setdefault((around, "user"), self._user(around, info, "direct"))
                continue
            barred, any_ = run.captured_by(around)
            if any_:
                users[around, "captured"] = User(self._ids[around], "captured", downstream=self._shown(barred))
        for user in region_users or ():
            if (info := run.info_of(user)) is not None:
                users.setdefault((user, "user"), self._user(user, info, "nested"))
        for sync in weighing.syncs:
            for user, info in run.known_users(sync):
                users.setdefault((user, "user"), self._user(user, info, "sync"))
        return tuple(users.values())

    def _user(self, op: int, info: OpInfo, relation: Relation) -> User:
        return User(self._ids[op], relation, Ordinals.of_members(info.members), self._shown(info.downstream))

    def _shown(self, ordinals: OrdinalSet) -> Ordinals:
        """The open partitions among these."""
        start, (end, bits) = self._run.floor, ordinals
        return Ordinals(start, end, bits) if start < end and not bits & 1 else self._from_floor(above(ordinals, start))

    def _rows(self, weighing: Weighing, feeding: Mapping[int, OpInfo], chosen: int | None) -> tuple[Candidate, ...]:
        """A verdict for every partition, equal verdicts together."""
        run = self._run
        rows: list[Candidate] = []
        if run.floor:
            rows.append(Candidate(Ordinals(0, run.floor), "refused", Why("frozen", self._closed_by)))
        left = (1 << len(run.buildings) - run.floor) - 1
        for consumer in sorted(weighing.below.consumers):
            rows.append(self._consumer_row(weighing, consumer, chosen))
            left &= ~(1 << consumer - run.floor)
        if left:
            left = self._downstream_rows(weighing, feeding, left, rows)
            left = self._affinity_rows(weighing, left, rows)
            self._other_rows(weighing, left, chosen, rows)
        return tuple(rows)

    def _consumer_row(self, weighing: Weighing, consumer: int, chosen: int | None) -> Candidate:
        where = Ordinals.one(consumer)
        refusal = weighing.refusals.get(consumer)
        if refusal is not None:
            return Candidate(where, "refused", self._why(weighing, refusal, consumer))
        is_chosen = consumer == chosen or weighing.is_copied_to(weighing.accepting)
        return Candidate(where, "chosen" if is_chosen else "eligible")

    def _why(self, weighing: Weighing, refusal: Refusal, ordinal: int) -> Why:
        if refusal.rule == "affinity":
            return self._elsewhere(refusal.asker, self._run.buildings[ordinal].affinity, weighing)
        asker = () if refusal.asker == weighing.op else (self._ids[refusal.asker],)
        if refusal.rule == "nested capture":
            return Why("nested capture", self._capturing_ops(weighing))
        return Why(refusal.rule, asker, Ordinals.one(refusal.other))

    def _elsewhere(self, asker: int, affinity: Attribute | None, weighing: Weighing) -> Why:
        """Why an op may not join a partition that runs at `affinity`. The run, which keeps affinities alive, has few."""
        wanted = self._run.facts.affinities[asker]
        asked = () if asker == weighing.op else (self._ids[asker],)
        key = id(wanted), id(affinity), asked
        known = self._whys.get(key)
        if known is None:
            words = affinity_text(wanted), affinity_text(affinity)
            known = self._whys[key] = Why("affinity", asked, words=words)
        return known

    def _capturing_ops(self, weighing: Weighing) -> tuple[int, ...]:
        facts = self._run.facts
        around = [user for user in facts.users[weighing.op] if facts.ops[user].regions]
        around += facts.nested_users.get(weighing.op, ())
        return tuple(dict.fromkeys([self._ids[op] for op in around]))

    def _downstream_rows(
        self, weighing: Weighing, feeding: Mapping[int, OpInfo], left: int, rows: list[Candidate]
    ) -> int:
        """Partitions that run after a user of the op, one row for each user that adds some."""
        run = self._run
        downstream = above(weighing.info.downstream, run.floor)
        for user, info in feeding.items():
            refused = left & downstream
            if not refused:
                break
            within = 0
            for ordinal in info.members:
                within |= 1 << ordinal - run.floor
            within &= refused
            syncs = [sync for sync in weighing.syncs if user in run.facts.users[sync]]
            after = above(info.downstream, run.floor) & refused & ~within
            if within and syncs:
                ops = (self._ids[user], *[self._ids[sync] for sync in syncs])
                rows.append(Candidate(self._from_floor(within), "refused", Why("downstream", ops, words=("inside",))))
            else:
                after |= within
            if after:
                rows.append(Candidate(self._from_floor(after), "refused", Why("downstream", (self._ids[user],))))
            left &= ~(within | after)
        captured = above(weighing.below.captured, run.floor) & left
        if captured:
            rows.append(
                Candidate(self._from_floor(captured), "refused", Why("nested capture", self._capturing_ops(weighing)))
            )
        return left & ~captured

    def _from_floor(self, bits: int) -> Ordinals:
        """The open partitions whose bits are set, the first open one's being the lowest."""
        return Ordinals.of_bits(bits, self._run.floor)

    def _affinity_rows(self, weighing: Weighing, left: int, rows: list[Candidate]) -> int:
        run = self._run
        for asker in (weighing.op, *weighing.syncs):
            open_to = run.open_to(asker)
            for affinity, ordinals in run.places.items():
                bits = ordinals & left & ~open_to
                if bits:
                    why = self._elsewhere(asker, affinity, weighing)
                    rows.append(Candidate(self._from_floor(bits), "refused", why))
                    left &= ~bits
        return left

    def _other_rows(self, weighing: Weighing, left: int, chosen: int | None, rows: list[Candidate]) -> None:
        """What is neither a consumer nor downstream: held up by the order of partitions, in a cycle, or possible."""
        run = self._run
        if weighing.keeps_order:
            top = top_of(weighing.barred)
            low = left & (1 << max(top + 1 - run.floor, 0)) - 1
            if low:
                rows.append(Candidate(self._from_floor(low), "refused", Why("order", partitions=Ordinals.one(top))))
                left &= ~low
        in_question = left & run.later_partitions if weighing.keeps_order else 0
        for ordinal in self._from_floor(in_question) if in_question else ():
            through = run.waits_through(ordinal, weighing.barred)
            if through is not None:
                why = Why("cycle", partitions=Ordinals.one(through))
                rows.append(Candidate(Ordinals.one(ordinal), "refused", why))
                left &= ~(1 << ordinal - run.floor)
        if chosen is not None and chosen not in weighing.below.consumers:
            rows.append(Candidate(Ordinals.one(chosen), "chosen"))
            left &= ~(1 << chosen - run.floor)
        if left:
            consumers = Ordinals.of_members(weighing.accepting)
            preferred = Why("consumers first", partitions=consumers) if consumers else None
            rows.append(Candidate(self._from_floor(left), "eligible", preferred))
