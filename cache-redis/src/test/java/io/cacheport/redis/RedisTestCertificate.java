package io.cacheport.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A self-signed certificate with its key, made by the JDK's keytool.
 *
 * @param certificate PEM
 * @param key PEM
 */
record RedisTestCertificate(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /** For host names as keytool's SAN extension has them: {@code ip:127.0.0.1,dns:localhost}. */
    static RedisTestCertificate make(Path parent, String hosts) throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory(parent, "certificate");
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString(),
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "san=" + hosts,
                        "-startdate",
                        "-1d",
                        "-validity",
                        "3")
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + output);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new RedisTestCertificate(
                pem(directory, "CERTIFICATE", keys.getCertificate("redis").getEncoded()),
                pem(
                        directory,
                        "PRIVATE KEY",
                        keys.getKey("redis", PASSWORD.toCharArray()).getEncoded()));
    }

    private static Path pem(Path directory, String what, byte[] bytes) throws IOException {
        String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
        return Files.writeString(directory.resolve(what.replace(' ', '-') + ".pem"), text);
    }
}
