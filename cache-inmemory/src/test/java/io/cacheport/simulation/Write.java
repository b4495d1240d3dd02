package io.cacheport.simulation;

/**
 * A write in two phases, as far as it has come.
 *
 * @param begunAt when the store began to keep others from storing; zero if it could not be asked
 * @param committedAt when the database did it; zero until then, and if it took longer than the store keeps others from it
 */
record Write(String key, long begunAt, long committedAt) {}
