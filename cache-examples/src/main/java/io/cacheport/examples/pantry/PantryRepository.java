package io.cacheport.examples.pantry;

import io.cacheport.behind.Batch;
import io.cacheport.examples.pantry.Order.Status;
import io.cacheport.examples.support.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Categories, items and orders in the database. Thread-safe. */
public final class PantryRepository {

    private static final String FIND_ITEM =
            "SELECT item.*, organization_id FROM item JOIN category ON category.id = category_id WHERE item.id = ?";

    private static final String MENU = """
            SELECT category.name AS category, item.name AS item FROM category
            LEFT JOIN item ON item.category_id = category.id WHERE organization_id = ? ORDER BY category.id, item.id
            """;

    /** One statement, so one transaction; a batch that has been added before adds nothing. */
    private static final String ADD_VIEWS = """
            WITH batch AS (
                INSERT INTO views_batch (id) VALUES (?) ON CONFLICT DO NOTHING RETURNING id
            ), change AS (
                SELECT unnest(?::bigint[]) AS item_id, unnest(?::bigint[]) AS more FROM batch
            )
            UPDATE item SET views = views + more FROM change WHERE id = item_id
            """;

    private final Database database;

    /** A repository on a database that has the pantry's {@code schema.sql}. */
    public PantryRepository(Database database) {
        this.database = database;
    }

    /** A database of the pantry's own, ready for queries. */
    public static Database startDatabase() {
        return Database.start("pantry", Database.resource(PantryRepository.class, "schema.sql"));
    }

    /** A new category; its id. */
    public long addCategory(String organizationId, String name) {
        return one(
                "INSERT INTO category (organization_id, name) VALUES (?, ?) RETURNING id",
                row -> row.getLong("id"),
                organizationId,
                name);
    }

    /** A new item; its id. */
    public long addItem(long categoryId, String name) {
        return one(
                "INSERT INTO item (category_id, name) VALUES (?, ?) RETURNING id",
                row -> row.getLong("id"),
                categoryId,
                name);
    }

    /** The item, or null. */
    public @Nullable Item findItem(long id) {
        List<Item> found = database.query(FIND_ITEM, PantryRepository::readItem, id);
        return found.isEmpty() ? null : found.get(0);
    }

    private static Item readItem(ResultSet row) throws SQLException {
        return new Item(
                row.getLong("id"), row.getLong("category_id"), row.getString("organization_id"), row.getString("name"));
    }

    /** The menu of an organisation, empty if it has no category. */
    public Menu menu(String organizationId) {
        Map<String, List<String>> items = new LinkedHashMap<>();
        database.query(
                        MENU,
                        row -> new @Nullable String[] {row.getString("category"), row.getString("item")},
                        organizationId)
                .forEach(row -> {
                    List<String> names = items.computeIfAbsent(String.valueOf(row[0]), category -> new ArrayList<>());
                    if (row[1] != null) {
                        names.add(row[1]);
                    }
                });
        return new Menu(organizationId, items);
    }

    /** Gives an item another name. */
    public void renameItem(long id, String name) {
        database.update("UPDATE item SET name = ? WHERE id = ?", name, id);
    }

    /** Gives a category another name. */
    public void renameCategory(long id, String name) {
        database.update("UPDATE category SET name = ? WHERE id = ?", name, id);
    }

    /** A new order. */
    public Order addOrder(long itemId) {
        return one(
                "INSERT INTO \"order\" (item_id, status) VALUES (?, ?) RETURNING *",
                PantryRepository::readOrder,
                itemId,
                Status.ACTIVE.name());
    }

    /** Another status, and so a version more. */
    public Order updateOrder(long id, Status status) {
        return one(
                "UPDATE \"order\" SET status = ?, version = version + 1 WHERE id = ? RETURNING *",
                PantryRepository::readOrder,
                status.name(),
                id);
    }

    /** The order, or null. */
    public @Nullable Order findOrder(long id) {
        List<Order> found = database.query("SELECT * FROM \"order\" WHERE id = ?", PantryRepository::readOrder, id);
        return found.isEmpty() ? null : found.get(0);
    }

    private static Order readOrder(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("id"),
                row.getLong("item_id"),
                Status.valueOf(row.getString("status")),
                row.getLong("version"));
    }

    /** How often an item was looked at, as far as the database knows. */
    public long views(long itemId) {
        return one("SELECT views FROM item WHERE id = ?", row -> row.getLong("views"), itemId);
    }

    /** Adds to the views of items; a batch that was added before adds nothing. */
    public void addViews(Batch<Long> batch) {
        List<Long> ids = new ArrayList<>();
        List<Long> more = new ArrayList<>();
        batch.changes().forEach((item, views) -> {
            ids.add(Long.valueOf(item));
            more.add(views);
        });
        database.update(ADD_VIEWS, batch.id(), ids.toArray(Long[]::new), more.toArray(Long[]::new));
    }

    private <T> T one(String sql, Database.Row<T> row, Object... parameters) {
        return database.query(sql, row, parameters).get(0);
    }
}
