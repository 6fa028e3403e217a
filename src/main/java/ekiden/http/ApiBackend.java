package ekiden.http;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.manager.Inbox;
import ekiden.message.Messages;
import ekiden.store.Store;
import java.util.function.BooleanSupplier;

/**
 * What stands behind the API.
 *
 * @param inbox takes commands
 * @param store for reading
 * @param profiles the mail profiles of the settings
 * @param bytes raw mails and what jobs wrote
 * @param ids makes ids of definitions
 * @param clock the one clock
 * @param messages texts and exit codes of all message ids
 * @param ready whether everything listens; until then health says so
 */
public record ApiBackend(
        Inbox inbox,
        Store store,
        Profiles profiles,
        StoredBytes bytes,
        Ids ids,
        Clock clock,
        Messages messages,
        BooleanSupplier ready) {}
