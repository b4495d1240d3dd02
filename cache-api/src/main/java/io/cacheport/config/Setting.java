package io.cacheport.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be set: its names, which values it may have, and what it does. Immutable and thread-safe; there is one
 * object for each setting, compared by identity.
 *
 * @param <T> the values
 * @since 0.1
 */
public final class Setting<T> {

    private final String property;
    private final String variable;
    private final Rule<T> rule;
    private final @Nullable T defaultValue;
    private final @Nullable T referenceDefault;
    private final String description;

    Setting(
            String property,
            String variable,
            Rule<T> rule,
            @Nullable T defaultValue,
            @Nullable T referenceDefault,
            String description) {
        this.property = property;
        this.variable = variable;
        this.rule = rule;
        this.defaultValue = defaultValue;
        this.referenceDefault = referenceDefault;
        this.description = description;
    }

    /** Its name in a file, such as {@code cacheport.circuit.failure-threshold}. */
    public String property() {
        return property;
    }

    /** The environment variable, such as {@code CACHE_CB_FAILURE_THRESHOLD}. */
    public String variable() {
        return variable;
    }

    /** What it does, in a sentence. */
    public String description() {
        return description;
    }

    /** Which values it may have, such as "whole numbers from 1 to 1000". */
    public String allowed() {
        return rule.allowed();
    }

    /** Whether its value, or a part of it, is shown by nothing. */
    public boolean isSecret() {
        return rule.secret();
    }

    /** What it is if nobody sets it; empty for what is off or has to be set. */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /**
     * What it is by default in the service that the variables are from, where that differs; see {@link
     * CacheSettingsBuilder#referenceDefaults}.
     */
    public Optional<T> referenceDefault() {
        return Optional.ofNullable(referenceDefault);
    }

    /**
     * The value that is written so.
     *
     * @throws IllegalArgumentException if it is not allowed, naming the setting, the text unless it is secret, and the rule
     */
    public T parse(String text) {
        T value = parseOrNull(text);
        if (value == null) {
            throw new IllegalArgumentException(refusal(property, text));
        }
        return value;
    }

    /** How the value is written, which {@link #parse} reads back. Of a secret too: do not show it. */
    public String text(T value) {
        return rule.text().apply(value);
    }

    /** How the value may be shown: secrets masked. */
    public String shown(T value) {
        return rule.shown().apply(text(value));
    }

    @Nullable
    T parseOrNull(String text) {
        return rule.parser().parse(text);
    }

    /** What is said of a text that is not allowed, where the setting is called so. */
    String refusal(String name, String text) {
        return name + " is \"" + rule.shown().apply(text) + "\"; allowed are " + rule.allowed();
    }

    /** The value, if a text could give it. */
    T require(T value) {
        if (value == null) {
            throw new IllegalArgumentException(property + " is null; allowed are " + rule.allowed());
        }
        T read = parseOrNull(text(value));
        if (!value.equals(read)) {
            throw new IllegalArgumentException(refusal(property, text(value)));
        }
        return value;
    }

    /** Its name in a file. */
    @Override
    public String toString() {
        return property;
    }
}
