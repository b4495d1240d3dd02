/**
 * A ticketing platform. It shows a table of key prefixes with their lifetimes ({@link io.cacheport.examples.events.Prefix}),
 * rules that say once what an event makes old ({@link io.cacheport.examples.events.Rules}), values written through by their
 * version, personal data that is stored encrypted or not at all, and warming of what is popular, hourly and when the cache has
 * lost its data ({@link io.cacheport.examples.events.Popular}).
 */
@NullMarked
package io.cacheport.examples.events;

import org.jspecify.annotations.NullMarked;
