package io.cacheport.examples.catalog.tryit;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;

/** Makes up requests: some tenants, packages and days are asked for far more often than others. Immutable. */
final class Visitors {

    private static final int DAYS = 60;

    private final List<String> tenants;
    private final List<String> slugs;
    private final LocalDate today = LocalDate.now(ZoneId.systemDefault());
    private final Zipf tenant;
    private final Zipf slug;
    private final Zipf day = new Zipf(DAYS, 1);

    /** Visitors of these tenants, all of which have packages of these slugs. */
    Visitors(List<String> tenants, List<String> slugs) {
        this.tenants = tenants;
        this.slugs = slugs;
        this.tenant = new Zipf(tenants.size(), 1);
        this.slug = new Zipf(slugs.size(), 1);
    }

    /** One request of the next visitor. */
    Request next(SplittableRandom random) {
        Endpoint endpoint = Endpoint.at(random.nextInt(100));
        if (endpoint == Endpoint.UPDATE) { // by owners, who all work alike, however many visitors they have
            String changed = slugs.get(random.nextInt(slugs.size()));
            String path = "/" + tenants.get(random.nextInt(tenants.size())) + "/packages/" + changed;
            return Request.put(endpoint, path, changed, random.nextInt(200, 1_100));
        }
        String root = "/" + tenants.get(tenant.pick(random));
        return Request.get(
                endpoint,
                switch (endpoint) {
                    case PACKAGES -> root + "/packages";
                    case PACKAGE -> root + "/packages/" + slugs.get(slug.pick(random));
                    default -> root + "/availability/" + today.plusDays(day.pick(random));
                });
    }

    /** A request, as {@link HttpConnection} sends it. */
    record Request(Endpoint endpoint, String method, String path, String body) {

        static Request get(Endpoint endpoint, String path) {
            return new Request(endpoint, "GET", path, "");
        }

        static Request put(Endpoint endpoint, String path, String title, int price) {
            return new Request(endpoint, "PUT", path, "{\"title\":\"" + title + "\",\"price\":" + price + ".00}");
        }
    }
}
