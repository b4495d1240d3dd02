package io.cacheport.redis.faults;

import java.io.Serializable;

/** A value of which there may be two classes, each by a loader of its own. */
public record Reloaded(String text, int count) implements Serializable {}
