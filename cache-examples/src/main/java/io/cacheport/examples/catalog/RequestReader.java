package io.cacheport.examples.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Reads what clients send, and says what is wrong with it. */
final class RequestReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int YEARS = 2;

    private final ObjectMapper json;

    RequestReader(ObjectMapper json) {
        this.json = json;
    }

    /** The tenant of the path. What cannot be a name does not exist; it never gets as far as a key or a query. */
    String tenant(Context ctx) {
        String tenant = ctx.pathParam("tenant");
        if (!NAME.matcher(tenant).matches()) {
            throw NotFoundException.tenant(tenant);
        }
        return tenant;
    }

    /** The package of the path. */
    String slug(Context ctx, String tenant) {
        String slug = ctx.pathParam("slug");
        if (!NAME.matcher(slug).matches()) {
            throw NotFoundException.slug(tenant, slug);
        }
        return slug;
    }

    /** The day of the path, near enough that nobody can fill the cache with the calendar. */
    LocalDate date(Context ctx, LocalDate today) {
        String text = ctx.pathParam("date");
        LocalDate date;
        try {
            date = LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidRequestException("date is \"" + text + "\": it must be a day such as 2026-02-28");
        }
        if (date.isBefore(today.minusYears(YEARS)) || date.isAfter(today.plusYears(YEARS))) {
            throw new InvalidRequestException(
                    "date is " + date + ": it must lie within " + YEARS + " years of today, " + today);
        }
        return date;
    }

    /** The body of an update. */
    PackageUpdate update(Context ctx) {
        PackageUpdate update;
        try {
            update = json.readValue(ctx.bodyAsBytes(), PackageUpdate.class);
        } catch (ValueInstantiationException e) {
            // thrown by PackageUpdate, which says it better than Jackson would
            Throwable refusal = e.getCause() == null ? e : e.getCause();
            throw new InvalidRequestException(String.valueOf(refusal.getMessage()));
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidRequestException(
                    "\"" + e.getPropertyName() + "\" is not a field of an update: it has title and price");
        } catch (InvalidFormatException e) {
            throw new InvalidRequestException(fieldOf(e) + " is \"" + e.getValue() + "\": it must be a number");
        } catch (IOException e) {
            throw new InvalidRequestException("the body is not a JSON object with title and price");
        }
        if (update == null) {
            throw new InvalidRequestException("the body is null: it must be a JSON object with title and price");
        }
        return update;
    }

    private static String fieldOf(InvalidFormatException e) {
        return e.getPath().get(e.getPath().size() - 1).getFieldName();
    }
}
