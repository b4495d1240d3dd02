package io.cacheport.examples.chat;

import io.cacheport.examples.support.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Users, conversations and messages in the database. Thread-safe. */
public final class ChatRepository {

    private static final String ADD_DIRECT = """
            WITH made AS (
                INSERT INTO conversation (direct) VALUES (?) ON CONFLICT (direct) DO NOTHING RETURNING id
            ), members AS (
                INSERT INTO member (conversation_id, user_id) SELECT made.id, unnest(?::bigint[]) FROM made
            )
            SELECT id FROM made
            """;

    private static final String UNREAD = """
            SELECT message.* FROM member
            JOIN message ON message.conversation_id = member.conversation_id AND message.id > member.last_read
            WHERE member.user_id = ? AND message.sender_id <> member.user_id
            ORDER BY message.id
            """;

    private static final String MARK_READ = """
            UPDATE member SET last_read = (SELECT coalesce(max(id), 0) FROM message WHERE conversation_id = ?)
            WHERE conversation_id = ? AND user_id = ?
            """;

    private final Database database;

    /** A repository on a database that has the chat's {@code schema.sql}. */
    public ChatRepository(Database database) {
        this.database = database;
    }

    /** A database of the chat's own, ready for queries. */
    public static Database startDatabase() {
        return Database.start("chat", Database.resource(ChatRepository.class, "schema.sql"));
    }

    /** A new user. */
    public User addUser(String name) {
        return database.query(
                        "INSERT INTO chat_user (name, status) VALUES (?, 'new here') RETURNING *",
                        ChatRepository::readUser,
                        name)
                .get(0);
    }

    /**
     * One user.
     *
     * @throws UnknownUserException if there is none
     */
    public User user(long id) {
        List<User> found = database.query("SELECT * FROM chat_user WHERE id = ?", ChatRepository::readUser, id);
        if (found.isEmpty()) {
            throw new UnknownUserException(id);
        }
        return found.get(0);
    }

    /** Several users, in one query. */
    public Map<Long, User> users(Collection<Long> ids) {
        return database
                .query("SELECT * FROM chat_user WHERE id = ANY (?)", ChatRepository::readUser, array(ids))
                .stream()
                .collect(Collectors.toMap(User::id, Function.identity()));
    }

    /** Changes what a user says of himself. */
    public void changeStatus(long userId, String status) {
        database.update("UPDATE chat_user SET status = ? WHERE id = ?", status, userId);
    }

    /** The direct conversation of two users, if there is one. */
    public OptionalLong directConversation(long one, long other) {
        return first(database.query(
                "SELECT id FROM conversation WHERE direct = ?", row -> row.getLong(1), directName(one, other)));
    }

    /** Makes the direct conversation of two users; empty if somebody else just did. */
    public OptionalLong addDirectConversation(long one, long other) {
        return first(
                database.query(ADD_DIRECT, row -> row.getLong(1), directName(one, other), array(List.of(one, other))));
    }

    /** The two in one order. */
    static String directName(long one, long other) {
        return Math.min(one, other) + "-" + Math.max(one, other);
    }

    /** Who is in a conversation. */
    public List<Long> members(long conversationId) {
        return database.query(
                "SELECT user_id FROM member WHERE conversation_id = ? ORDER BY user_id",
                row -> row.getLong(1),
                conversationId);
    }

    /** Keeps a message. */
    public Message addMessage(long conversationId, long senderId, String body) {
        return database.query(
                        "INSERT INTO message (conversation_id, sender_id, body) VALUES (?, ?, ?) RETURNING *",
                        ChatRepository::readMessage,
                        conversationId,
                        senderId,
                        body)
                .get(0);
    }

    /** What others wrote to a user, in all his conversations, since he last read. */
    public List<Message> unread(long userId) {
        return database.query(UNREAD, ChatRepository::readMessage, userId);
    }

    /** Notes that a user has read a conversation to its end. */
    public void markRead(long userId, long conversationId) {
        database.update(MARK_READ, conversationId, conversationId, userId);
    }

    private static Object array(Collection<Long> ids) {
        return ids.toArray(Long[]::new);
    }

    private static OptionalLong first(List<Long> found) {
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.get(0));
    }

    private static User readUser(ResultSet row) throws SQLException {
        return new User(row.getLong("id"), row.getString("name"), row.getString("status"));
    }

    private static Message readMessage(ResultSet row) throws SQLException {
        return new Message(
                row.getLong("id"),
                row.getLong("conversation_id"),
                row.getLong("sender_id"),
                row.getString("body"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant());
    }
}
