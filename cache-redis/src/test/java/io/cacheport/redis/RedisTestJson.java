package io.cacheport.redis;

import io.cacheport.testkit.server.RespClient;

/** What is stored, as someone who reads the plain JSON sees it: without the mark in white space at its end. */
final class RedisTestJson {

    private RedisTestJson() {}

    static String get(RespClient client, String redisKey) {
        return String.valueOf(client.call("GET", redisKey)).stripTrailing();
    }
}
