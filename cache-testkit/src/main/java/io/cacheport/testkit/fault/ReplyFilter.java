package io.cacheport.testkit.fault;

import java.io.ByteArrayOutputStream;

/** Drops and doubles the replies of one connection. For one thread at a time. */
final class ReplyFilter {

    private final Toxics toxics;
    private final ReplyFraming framing = new ReplyFraming();
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private Toxics.Fate fate = Toxics.Fate.PASS;

    ReplyFilter(Toxics toxics) {
        this.toxics = toxics;
    }

    /** What is to be passed on of the bytes that came. */
    byte[] filter(byte[] bytes, int count) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream(count);
        int at = 0;
        while (at < count) {
            if (framing.atStart()) {
                fate = bytes[at] == ReplyFraming.PUSH ? Toxics.Fate.PASS : toxics.fateOfNextReply();
                copy.reset();
            }
            int end = framing.advance(bytes, at, count);
            if (fate != Toxics.Fate.DROP) {
                passed.write(bytes, at, end - at);
            }
            if (fate == Toxics.Fate.DOUBLE) {
                copy.write(bytes, at, end - at);
                if (framing.atStart()) {
                    passed.writeBytes(copy.toByteArray());
                }
            }
            at = end;
        }
        return toxics.isBlackhole() ? new byte[0] : passed.toByteArray(); // the framing has seen them all the same
    }
}
