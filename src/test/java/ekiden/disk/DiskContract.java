package ekiden.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every disk keeps. */
interface DiskContract {
    /** {@return the disk} */
    Disk disk();

    /** {@return an existing empty folder on it} */
    Path folder();

    /** The power fails, where that can be tried. */
    default void crash() {}

    /** A former process may have made it and died before it was forced. */
    @Test
    default void folderThatWasThereAlreadyIsDurableWhenItIsAskedFor() throws IOException {
        for (int i = 0; i < 20; i++) {
            Path outer = folder().resolve("outer" + i);
            disk().makeFolder(outer);
            disk().makeFolder(outer.resolve("inner"));
        }
        for (int i = 0; i < 20; i++) {
            Path inner = folder().resolve("outer" + i).resolve("inner");
            disk().makeFolders(i % 2 == 0 ? inner : inner.resolve("new"));
        }
        crash();
        for (int i = 0; i < 20; i++) {
            Path inner = folder().resolve("outer" + i).resolve("inner");
            assertThat(disk().exists(i % 2 == 0 ? inner : inner.resolve("new")))
                    .as("%s", inner)
                    .isTrue();
        }
    }

    private void put(Path file, String text) throws IOException {
        try (Disk.Output out = disk().create(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            out.force();
        }
    }

    private String get(Path file) throws IOException {
        try (InputStream in = disk().read(file)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    default void whatWasWrittenIsRead() throws IOException {
        Path file = folder().resolve("手紙.txt");
        put(file, "hello");
        disk().forceFolder(folder());
        assertThat(get(file)).isEqualTo("hello");
        assertThat(disk().size(file)).isEqualTo(5);
        assertThat(disk().exists(file)).isTrue();
    }

    @Test
    default void createNeverTakesANameThatIsTaken() throws IOException {
        Path file = folder().resolve("a");
        put(file, "one");
        assertThatThrownBy(() -> put(file, "two")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(get(file)).isEqualTo("one");
    }

    @Test
    default void appendGoesBehindTheEnd() throws IOException {
        Path file = folder().resolve("a");
        for (String piece : new String[] {"one ", "two"}) {
            try (Disk.Output out = disk().append(file)) {
                out.write(ByteBuffer.wrap(piece.getBytes(UTF_8)));
            }
        }
        assertThat(get(file)).isEqualTo("one two");
    }

    @Test
    default void writeTakesAllThatRemains() throws IOException {
        Path file = folder().resolve("big");
        byte[] much = new byte[1_000_003];
        ByteBuffer buffer = ByteBuffer.wrap(much, 3, 1_000_000);
        try (Disk.Output out = disk().create(file)) {
            out.write(buffer);
        }
        assertThat(buffer.remaining()).isZero();
        assertThat(disk().size(file)).isEqualTo(1_000_000);
    }

    @Test
    default void pieceIsReadFromItsPlace() throws IOException {
        Path file = folder().resolve("a");
        put(file, "0123456789");
        ByteBuffer four = ByteBuffer.allocate(4);
        assertThat(disk().readAt(file, 3, four)).isEqualTo(4);
        assertThat(new String(four.array(), UTF_8)).isEqualTo("3456");
        assertThat(disk().readAt(file, 8, ByteBuffer.allocate(4))).isEqualTo(2);
        assertThat(disk().readAt(file, 10, ByteBuffer.allocate(4))).isEqualTo(-1);
        assertThat(disk().readAt(file, 99, ByteBuffer.allocate(4))).isEqualTo(-1);
    }

    @Test
    default void renameReplacesInOneStep() throws IOException {
        put(folder().resolve("new"), "new");
        put(folder().resolve("old"), "old");
        disk().rename(folder().resolve("new"), folder().resolve("old"));
        assertThat(get(folder().resolve("old"))).isEqualTo("new");
        assertThat(disk().exists(folder().resolve("new"))).isFalse();
    }

    @Test
    default void folderIsRenamedWithWhatIsInItButNeverOverOneThatHoldsSomething() throws IOException {
        for (String name : new String[] {"a", "b"}) {
            disk().makeFolders(folder().resolve(name));
            put(folder().resolve(name).resolve("file"), name);
        }
        assertThatThrownBy(() -> disk().rename(folder().resolve("a"), folder().resolve("b")))
                .isInstanceOf(IOException.class);
        disk().rename(folder().resolve("a"), folder().resolve("c"));
        assertThat(get(folder().resolve("c").resolve("file"))).isEqualTo("a");
        assertThat(get(folder().resolve("b").resolve("file"))).isEqualTo("b");
    }

    @Test
    default void linkGivesASecondNameAndNeverReplaces() throws IOException {
        put(folder().resolve("a"), "one");
        put(folder().resolve("b"), "two");
        assertThatThrownBy(() -> disk().link(folder().resolve("a"), folder().resolve("b")))
                .isInstanceOf(FileAlreadyExistsException.class);
        disk().link(folder().resolve("a"), folder().resolve("c"));
        disk().delete(folder().resolve("a"));
        assertThat(get(folder().resolve("c"))).isEqualTo("one");
        assertThat(get(folder().resolve("b"))).isEqualTo("two");
    }

    @Test
    default void deleteOfTheAbsentDoesNothingAndOfAFullFolderFails() throws IOException {
        disk().delete(folder().resolve("absent"));
        disk().delete(folder().resolve("absent").resolve("deeper"));
        Path full = folder().resolve("full");
        disk().makeFolders(full);
        put(full.resolve("a"), "a");
        assertThatThrownBy(() -> disk().delete(full)).isInstanceOf(DirectoryNotEmptyException.class);
        disk().delete(full.resolve("a"));
        disk().delete(full);
        assertThat(disk().exists(full)).isFalse();
    }

    @Test
    default void foldersAreMadeWithTheirParents() throws IOException {
        Path deep = folder().resolve("a/b/c");
        disk().makeFolders(deep);
        disk().makeFolders(deep);
        put(deep.resolve("x"), "x");
        assertThat(disk().list(folder())).containsExactly(folder().resolve("a"));
        assertThatThrownBy(() -> disk().makeFolders(deep.resolve("x"))).isInstanceOf(IOException.class);
    }

    @Test
    default void listIsSortedAndEmptyWhereThereIsNoFolder() throws IOException {
        for (String name : new String[] {"c", "a", "b"}) {
            put(folder().resolve(name), name);
        }
        assertThat(disk().list(folder()))
                .extracting(p -> p.getFileName().toString())
                .containsExactly("a", "b", "c");
        assertThat(disk().list(folder().resolve("absent"))).isEmpty();
    }

    @Test
    default void foldersAreToldFromFiles() throws IOException {
        put(folder().resolve("b"), "b");
        disk().makeFolders(folder().resolve("c").resolve("inner"));
        disk().makeFolders(folder().resolve("a"));
        assertThat(disk().folders(folder())).containsExactly(folder().resolve("a"), folder().resolve("c"));
        assertThat(disk().folders(folder().resolve("absent"))).isEmpty();
    }

    @Test
    default void absentFilesAreToldApart() {
        Path absent = folder().resolve("absent");
        assertThat(disk().exists(absent)).isFalse();
        assertThatThrownBy(() -> disk().read(absent).close()).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().size(absent)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().rename(absent, folder().resolve("b"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().create(absent.resolve("a"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().forceFolder(absent)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void twoNamesOfOneFileAreToldFromTwoEqualFiles() throws IOException {
        put(folder().resolve("one"), "x");
        put(folder().resolve("equal"), "x");
        disk().link(folder().resolve("one"), folder().resolve("two"));
        assertThat(disk().same(folder().resolve("one"), folder().resolve("two")))
                .isTrue();
        assertThat(disk().same(folder().resolve("one"), folder().resolve("equal")))
                .isFalse();
        assertThat(disk().same(folder().resolve("one"), folder().resolve("absent")))
                .isFalse();
    }

    @Test
    default void severalFilesAreForcedTogether() throws IOException {
        List<Disk.Output> outputs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Disk.Output out = disk().create(folder().resolve("file" + i));
            out.write(ByteBuffer.wrap(new byte[] {(byte) i}));
            outputs.add(out);
        }
        disk().forceAll(outputs, folder());
        for (Disk.Output out : outputs) {
            out.close();
        }
        assertThat(disk().list(folder())).hasSize(20);
    }
}
