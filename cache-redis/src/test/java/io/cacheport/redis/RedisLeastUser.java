package io.cacheport.redis;

import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The user that docs/operations.md describes, read from there. */
final class RedisLeastUser {

    static final String LOGIN = "cacheport:CHANGE-ME@";

    private final List<String> words;

    private RedisLeastUser(List<String> words) {
        this.words = words;
    }

    static RedisLeastUser ofOneServer() {
        return new RedisLeastUser(lines().get(0));
    }

    static RedisLeastUser ofACluster() {
        return new RedisLeastUser(lines().get(1));
    }

    private static List<List<String>> lines() {
        try {
            return Files.readAllLines(Path.of("../docs/operations.md")).stream()
                    .filter(line -> line.startsWith("ACL SETUSER "))
                    .map(line -> Arrays.asList(line.split(" ", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each thing the user may do, such as {@code +get}, and the keys it may touch. */
    List<String> permissions() {
        return words.stream()
                .filter(word -> word.startsWith("+") || word.startsWith("~"))
                .toList();
    }

    void create(RespClient server) {
        server.call("ACL", "DELUSER", "cacheport"); // which also ends its connections
        server.call(words.toArray(String[]::new));
    }

    void createWithout(String permission, RespClient server) {
        server.call("ACL", "DELUSER", "cacheport");
        server.call(words.stream().filter(word -> !word.equals(permission)).toArray(String[]::new));
    }
}
