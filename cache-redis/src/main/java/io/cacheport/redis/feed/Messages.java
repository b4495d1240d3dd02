package io.cacheport.redis.feed;

import io.cacheport.Glob;
import io.cacheport.tiered.FeedSource.Changes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What caches under one prefix say to each other: who says it, 16 hexadecimal digits; then {@code k} or {@code g}; then a key
 * or a glob, in UTF-8. One's own are ignored.
 */
public final class Messages {

    private static final String CHANNEL = "cacheport:changes";
    private static final int HEAD = 17;

    private final byte[] channel;
    private final byte[] self;
    private final Changes changes;

    /** Of a cache with this prefix. */
    public Messages(String prefix, Changes changes) {
        this.channel = (prefix + CHANNEL).getBytes(StandardCharsets.UTF_8);
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        this.self = HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
        this.changes = changes;
    }

    /** Where they are said. */
    public byte[] channel() {
        return channel.clone();
    }

    /** That the key was changed. */
    public byte[] changed(String key) {
        return message('k', key);
    }

    /** That all that match were. */
    public byte[] changed(Glob glob) {
        return message('g', glob.toString());
    }

    private byte[] message(char kind, String what) {
        byte[] text = what.getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(self, HEAD + text.length);
        message[HEAD - 1] = (byte) kind;
        System.arraycopy(text, 0, message, HEAD, text.length);
        return message;
    }

    /** What cannot be understood may be about anything. */
    void heard(byte[] message) {
        if (message.length > self.length && Arrays.equals(message, 0, self.length, self, 0, self.length)) {
            return;
        }
        char kind = message.length < HEAD ? 0 : (char) message[HEAD - 1];
        String what = kind == 0 ? "" : new String(message, HEAD, message.length - HEAD, StandardCharsets.UTF_8);
        if (kind == 'k') {
            changes.changed(what);
        } else if (kind == 'g') {
            try {
                changes.changed(Glob.of(what));
            } catch (IllegalArgumentException noGlob) {
                changes.everythingChanged();
            }
        } else {
            changes.everythingChanged();
        }
    }
}
