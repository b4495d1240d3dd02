package io.cacheport.testkit.fault;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds where each reply of a RESP2 or RESP3 server ends, in whatever pieces the bytes come. An attribute belongs to the
 * reply that it precedes. Of bytes that are not RESP no reply ever ends; the streamed types of the RESP3 draft, which no
 * server sends, count among those. For one thread at a time.
 */
final class ReplyFraming {

    static final byte PUSH = '>';

    /** Of each aggregate that is open, outermost last: how many elements are still to come. */
    private final Deque<Long> open = new ArrayDeque<>();

    private boolean atStart = true;
    private boolean lost;
    private char type; // of the element whose first line is being read; 0 before that line
    private long length;
    private boolean negative;
    private long body; // bytes to come of a bulk's body, its line end included

    /** Whether the next byte is the first one of a reply. */
    boolean atStart() {
        return atStart;
    }

    /** Reads on from {@code from}; where the reply ends within the bytes, the index after its last one, else {@code to}. */
    int advance(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !lost) {
            atStart = false;
            if (body > 0) {
                int count = (int) Math.min(body, to - at);
                at += count;
                body -= count;
                if (body == 0) {
                    endElement();
                }
            } else {
                header(bytes[at++]);
            }
            if (atStart) {
                return at;
            }
        }
        return to;
    }

    private void header(byte b) {
        if (type == 0) {
            type = (char) b;
            length = 0;
            negative = false;
        } else if (b == '\n') {
            endLine();
        } else if (b == '-') {
            negative = true;
        } else if (b >= '0' && b <= '9') {
            length = length * 10 + (b - '0'); // of a line that gives no length this is nonsense, and not used
        } else if (b == '?' && "$*~>%".indexOf(type) >= 0) {
            lost = true;
        }
    }

    private void endLine() {
        char ended = type;
        type = 0;
        switch (ended) {
            case '+', '-', ':', '_', '#', ',', '(' -> endElement();
            case '$', '=', '!' -> {
                if (negative) {
                    endElement();
                } else {
                    body = length + 2;
                }
            }
            case '*', '~', PUSH -> aggregate(length);
            case '%' -> aggregate(2 * length);
            case '|' -> aggregate(2 * length + 1); // what it is about comes after it, in the same place
            default -> lost = true;
        }
    }

    private void aggregate(long elements) {
        if (negative || elements == 0) {
            endElement();
        } else {
            open.push(elements);
        }
    }

    private void endElement() {
        while (!open.isEmpty()) {
            long left = open.pop() - 1;
            if (left > 0) {
                open.push(left);
                return;
            }
        }
        atStart = true;
    }
}
