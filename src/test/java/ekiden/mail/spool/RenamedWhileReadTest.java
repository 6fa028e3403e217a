package ekiden.mail.spool;

import static ekiden.mail.spool.SpoolSamples.put;
import static ekiden.mail.spool.SpoolSamples.start;
import static ekiden.mail.spool.SpoolSamples.text;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.disk.Disk;
import ekiden.model.mail.RawMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An entry that gets its next name each time somebody has just found out where it lies. */
class RenamedWhileReadTest {
    private static final Problem POISON = Problem.of(SpoolMessage.DAMAGED, "place", "a", "what", "poison");

    private final MemoryDisk disk = new MemoryDisk(new Random(1));
    private final Spool spool = start(renaming());
    private final Deque<Runnable> renames = new ArrayDeque<>();
    private boolean renamed;

    @Test
    void mailThatGetsEachOfItsNamesWhileItIsOpenedIsRead() throws IOException {
        RawMail mail = put(spool, "a", "text");
        renames.addAll(allNames());
        assertThat(text(spool, mail)).isEqualTo("text");
        assertThat(renames).isEmpty();
    }

    @Test
    void mailThatIsGoneIsNotLookedForForEver() {
        RawMail mail = put(spool, "a", "text");
        assertThat(spool.delete("a")).isEmpty();
        assertThat(SpoolSamples.failed(spool.open(mail)).id()).isEqualTo(SpoolMessage.NOT_FOUND.id());
    }

    private List<Runnable> allNames() {
        return List.of(
                () -> assertThat(spool.markOpened("a")).isEmpty(),
                () -> assertThat(spool.markKept("a")).isEmpty(),
                () -> assertThat(spool.quarantine("a", POISON)).isEmpty());
    }

    private Disk renaming() {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("readAt") || method.getName().equals("size")) {
                        next();
                    }
                    Object result = call(method, arguments);
                    if (method.getName().equals("exists") && Boolean.TRUE.equals(result)) {
                        next();
                    }
                    return result;
                });
    }

    private void next() {
        if (!renamed && renames != null && !renames.isEmpty()) {
            renamed = true;
            renames.removeFirst().run();
            renamed = false;
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(disk, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
