package ekiden.testing.sim;

import ekiden.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disk as one life of the agent sees it: any operation may be its last. */
final class SimDisk implements Disk {
    private final SimWorld world;
    private final Disk disk;
    private final int life;

    SimDisk(SimWorld world, int life) {
        this.world = world;
        this.disk = world.disk;
        this.life = life;
    }

    private void change(String what, Path path) throws IOException {
        world.agentHost.mustLive(life);
        if (world.chance.one(world.faults().diskCrash())) {
            world.crash(world.agentHost, what + " " + path);
        }
        if (world.chance.one(world.faults().diskError())) {
            world.trace.say(() -> "disk error: " + what + " " + path);
            throw new IOException("simulated disk error");
        }
    }

    private boolean forceIsEmpty(Path path) {
        return switch (world.canary) {
            case SPOOL_NOT_FORCED -> path.startsWith(SimWorld.SPOOL);
            case FILES_NOT_FORCED -> path.startsWith(SimWorld.FILES);
            case null, default -> false;
        };
    }

    private boolean noteIsLost(Path path) {
        String name = String.valueOf(path.getFileName());
        return switch (world.canary) {
            case FORGETS_STARTS -> name.equals("started");
            case FORGETS_SENDING -> name.equals("ending-data") || name.equals("outcome");
            case null, default -> false;
        };
    }

    @Override
    public Output create(Path file) throws IOException {
        change("create", file);
        return new SimOutput(file, disk.create(file));
    }

    @Override
    public Output append(Path file) throws IOException {
        change("append", file);
        return new SimOutput(file, disk.append(file));
    }

    @Override
    public InputStream read(Path file) throws IOException {
        world.agentHost.mustLive(life);
        return disk.read(file);
    }

    @Override
    public InputStream readNamed(Path file) throws IOException {
        world.agentHost.mustLive(life);
        return disk.readNamed(file);
    }

    @Override
    public int readAt(Path file, long offset, ByteBuffer into) throws IOException {
        world.agentHost.mustLive(life);
        return disk.readAt(file, offset, into);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change("rename to", to);
        if (noteIsLost(to)) {
            disk.delete(from);
            return;
        }
        disk.rename(from, to);
        world.commandTruth.renamed(to);
    }

    @Override
    public void link(Path file, Path second) throws IOException {
        change("link", second);
        disk.link(file, second);
    }

    @Override
    public void delete(Path path) throws IOException {
        change("delete", path);
        disk.delete(path);
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        change("make one folder", folder);
        disk.makeFolder(folder);
    }

    @Override
    public void makeFolders(Path folder) throws IOException {
        change("make folder", folder);
        disk.makeFolders(folder);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        change("force folder", folder);
        if (!forceIsEmpty(folder)) {
            disk.forceFolder(folder);
        }
    }

    @Override
    public long room(Path path) throws IOException {
        world.agentHost.mustLive(life);
        return disk.room(path);
    }

    @Override
    public void setAccess(Path path, @Nullable String owner, @Nullable String group, @Nullable String mode)
            throws IOException {
        change("set access of", path);
        disk.setAccess(path, owner, group, mode);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        world.agentHost.mustLive(life);
        return disk.list(folder);
    }

    @Override
    public List<Path> folders(Path folder) throws IOException {
        world.agentHost.mustLive(life);
        return disk.folders(folder);
    }

    @Override
    public boolean exists(Path path) {
        world.agentHost.mustLive(life);
        return disk.exists(path);
    }

    @Override
    public boolean same(Path one, Path other) throws IOException {
        world.agentHost.mustLive(life);
        return disk.same(one, other);
    }

    @Override
    public long size(Path file) throws IOException {
        world.agentHost.mustLive(life);
        return disk.size(file);
    }

    private final class SimOutput implements Output {
        private final Path file;
        private final Output output;

        SimOutput(Path file, Output output) {
            this.file = file;
            this.output = output;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            change("write", file);
            output.write(bytes);
        }

        @Override
        public void force() throws IOException {
            change("force", file);
            if (!forceIsEmpty(file)) {
                output.force();
            }
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }
}
