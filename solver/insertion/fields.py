"""Names for the columns of the flat arrays, and the few constants that compiled code shares."""

from __future__ import annotations

from typing import Final

# Layout.node: what never changes about a task, or about the start or end of a courier.
PLACE: Final = 0  # -1 for a courier that starts or ends anywhere
SERVICE: Final = 1
OPENS_S: Final = 2  # begin of the first window
LAST: Final = 3  # end of the last window
KIND: Final = 4  # PLAIN, or not
SETUP: Final = 5
REQUEST: Final = 6  # row of Layout.request, of the first of its ways; -1 for starts and ends
PUTS_ON: Final = 7  # 1 where the load grows in some dimension
QUIET: Final = 8  # latest start that costs nothing: end of the last window, or an earlier soft deadline
SOFT: Final = 9  # 1 where lateness is priced, not forbidden: bound tasks, ends of couriers with bound requests
FREE: Final = 10  # 1 for tasks that may be left out: no leg without a way touches them
WINDOW_FROM: Final = 11  # rows of Layout.window
WINDOW_TO: Final = 12
DELAY_FROM: Final = 13  # rows of Layout.delay
DELAY_TO: Final = 14
TWIN: Final = 15  # task of the same request that goes first without loss, or -1
BRINGS: Final = 16  # 1 for the first task of a free request that has something on board from the start
ROW: Final = 17  # of Layout.request: the way that it belongs to; -1 for starts and ends
STEP: Final = 18  # TASK, BREAK or RELOAD
OLD_COURIER: Final = 19  # who had it in the plan before, or -1
OLD_BEFORE: Final = 20  # the task before it in that plan, or -1
GAP_FROM: Final = 21  # rows of Layout.gap
GAP_TO: Final = 22
NODE_FIELDS: Final = 23

TASK: Final = 0
BREAK: Final = 1
RELOAD: Final = 2

PLAIN: Final = 0
"""Of a node with one hard window, without soft deadlines and set-up."""

# Layout.request: a row for each way of each request, then one for each break and each reload.
FIRST_TASK: Final = 0
LOADS: Final = 1
TASKS: Final = 2
PRICE: Final = 3
BOUND_TO: Final = 4  # courier, or -1
DUE: Final = 5  # when the last chance to begin it has passed
LEADER: Final = 6  # row of the first of its ways
WAYS: Final = 7  # how many there are
NUMBER: Final = 8  # of the request in the problem, or solver.problem.BREAK or RELOAD
ON_BOARD: Final = 9  # longest time on board, or -1
PREVIOUS_COURIER: Final = 10  # who was to serve it in the plan before, or -1
MOVE_COST: Final = 11
POSITION: Final = 12  # of a break among breaks, of a reload among reloads
GAPS: Final = 13  # of its tasks
DEPTH: Final = 14  # how many requests have to be served before it, one for the sake of the other
WORTH: Final = 15  # its price, and those of all requests that are not served without it
CIRCLE: Final = 16  # whether it is one of those
REQUEST_FIELDS: Final = 17

# Layout.courier
PROFILE: Final = 0
FIXED: Final = 1
PER_S: Final = 2
PER_M: Final = 3
OPENS: Final = 4  # begin of the shift
FROZEN: Final = 5  # number of frozen stops
PER_SERVICE: Final = 6
MAX_TASKS: Final = 7
MAX_TRAVEL: Final = 8
MAX_DISTANCE: Final = 9
LIFO: Final = 10
REORDER: Final = 11
COURIER_FIELDS: Final = 12

# Routes.stop: what is known of a node on a route.
NEXT: Final = 0
PREVIOUS: Final = 1
DEPART: Final = 2
LEG_COST: Final = 3  # of the leg that leads here
TIME_COST: Final = 4  # delay and breach here
COST_AFTER: Final = 5  # delay and breach from here to the end
LATEST_SAME: Final = 6  # latest arrival that breaks nothing from here on, coming from the same place
LATEST_OTHER: Final = 7  # the same, coming from another place
QUIET_SAME: Final = 8  # latest arrival that costs no delay and no breach from here on
QUIET_OTHER: Final = 9
RELAXED: Final = 10  # latest start that could break nothing from here on, whatever else is inserted
AT: Final = 11  # its place, which never changes
FRESH: Final = 12  # LINKED, RETIMED or both where `refresh` has not passed since, else 0
START: Final = 13  # only in wide problems
STOP_FIELDS: Final = 14

LINKED: Final = 1
"""The node comes after another one than before."""

RETIMED: Final = 2
"""The node's delay or breach costs something else than before."""

# Routes.route
COUNT: Final = 0
COST: Final = 1
VERSION: Final = 2  # names this order of stops
VERSIONS: Final = 3  # names given so far
FAULT: Final = 4  # first node that breaks a rule, or -1
FIRST_GAP: Final = 5  # node after which insertion begins: the last frozen stop, or the start
SPARE: Final = 6  # what of the cost an insertion could save; only in wide problems
ROUTE_FIELDS: Final = 7

# Routes.track: what is found by driving a route of a wide problem; by position, unless it says otherwise.
ORDER: Final = 0  # nodes of a route as it is
TRIAL: Final = 1  # nodes of a route as it might be
ORDER_AT: Final = 2  # by node: its position in the order driven last
NOT_BEFORE: Final = 3  # the moment that a task waits for
BEGIN: Final = 4
LEAVE: Final = 5
WAY_COST: Final = 6  # of the way that leads there
TOTAL: Final = 7  # by what is summed up, as follows
TRACKS: Final = 8

FAULTY: Final = 0  # the first node found to break a rule, or -1
TRAVEL_S: Final = 1
DISTANCE_M: Final = 2
TRAVELLED_S: Final = 3  # of the last way
OTHERS: Final = 4  # what is to be made of gaps to tasks of other routes: KEEP, FOLLOW or IGNORE
SPARE_COST: Final = 5  # what of the cost an insertion could save: lateness, other orders than before, set-up
TOTALS: Final = 6

KEEP: Final = 0
"""The other tasks stay when they are: who cannot keep the gap breaks a rule."""

FOLLOW: Final = 1
"""Tasks wait for the others; the others will then wait for them in turn."""

IGNORE: Final = 2
"""There are no other routes yet."""

# Layout.friend
OTHER: Final = 0  # row of the first way of another request
ALIKE: Final = 1  # 1 if both are to be served by one courier, 0 if no courier is to serve both, 2 for no such rule

# Layout.gap: each gap twice, for either task.
ACROSS: Final = 0  # the task at the other side
LEAST: Final = 1
MOST: Final = 2
IS_SECOND: Final = 3

# Desk.label: a part of a request, inserted into a part of a route.
LABEL_COST: Final = 0  # added so far
LABEL_TIME: Final = 1  # departure
LABEL_SLOT: Final = 2  # which of the tasks are done
LABEL_COUNT: Final = 3  # how many
LABEL_ONWARD: Final = 4  # travel seconds to the next node of the route
LABEL_ONWARD_COST: Final = 5
LABEL_TASKS: Final = 6  # then pairs: task node, route node it follows

NEVER: Final = -1
"""No time: before every arrival."""

FAR: Final = 2**61
"""Later than any time, more than any cost."""

ORDERED: Final = 5
"""Up to this many loads, and this many unloads, of one request are tried in every order; more keep the order given."""
