package io.cacheport.examples.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an administrator has to show. Compared in a time that does not depend on how much of it is right. Immutable. */
public final class AdminToken {

    /** The environment variable that gives it. */
    public static final String VARIABLE = "ADMIN_TOKEN";

    private static final int SHORTEST = 16;
    private static final int RANDOM_BYTES = 24;
    private static final String SCHEME = "Bearer ";

    private final String text;
    private final boolean generated;

    private AdminToken(String text, boolean generated) {
        this.text = text;
        this.generated = generated;
    }

    /**
     * The token that {@value #VARIABLE} gives, else one made up now.
     *
     * @throws IllegalArgumentException if the variable is shorter than 16 characters or has others than visible ASCII
     */
    public static AdminToken fromEnvironment(Map<String, String> environment) {
        String given = environment.get(VARIABLE);
        if (given == null || given.isBlank()) {
            return generate();
        }
        if (given.length() < SHORTEST || !given.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(VARIABLE + " has " + given.length()
                    + " characters: it must have at least " + SHORTEST + ", all of them visible ASCII");
        }
        return new AdminToken(given, false);
    }

    /** A token of 192 random bits. */
    public static AdminToken generate() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new AdminToken(Base64.getUrlEncoder().withoutPadding().encodeToString(random), true);
    }

    /** Whether nobody but this process knows it yet, so that it has to be told. */
    public boolean isGenerated() {
        return generated;
    }

    /** The token itself, to be told to the administrator. */
    public String reveal() {
        return text;
    }

    /** Whether a request's {@code Authorization} header shows it. */
    public boolean isShownBy(@Nullable String authorization) {
        String header = authorization == null ? "" : authorization;
        boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String shown = bearer ? header.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(digest(shown), digest(text));
    }

    /** Of equal length whatever is shown. */
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }

    @Override
    public String toString() {
        return "AdminToken[***]";
    }
}
