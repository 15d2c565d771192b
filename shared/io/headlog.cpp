#include "shared/io/headlog.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/crc.hpp>
#include <cerrno>
#include <vector>

#include "shared/base/check.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::io {
namespace {

constexpr std::size_t record_size = 128;
constexpr std::size_t checked_size = 124;
constexpr std::uint64_t records_max = (16ull << 20) / record_size;   // of one file
constexpr std::uint64_t records_step = (64ull << 10) / record_size;  // by which a file grows: overwriting allocated bytes is what
                                                                     // makes the second sync cheap, and a desk needs few of them
constexpr char magic[] = {'H', 'W', 'M', '1'};
constexpr const char* names[] = {"headlog.0", "headlog.1"};

std::uint32_t crc32c(ByteSpan bytes) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

Error failed(const std::filesystem::path& file, const char* doing) {
    const int error = errno;
    const bool no_room = error == ENOSPC || error == EDQUOT;
    return {no_room ? Errc::full : Errc::io, std::string(doing) + " " + file.string() + " failed: " + std::strerror(error) + "."};
}

void encode(const Watermark& watermark, std::uint64_t number, Byte* to) {
    std::copy(std::begin(magic), std::end(magic), to);
    store_le(to + 4, watermark.epoch);
    store_le(to + 8, number);
    store_le(to + 16, watermark.position);
    std::copy(watermark.entry.bytes.begin(), watermark.entry.bytes.end(), to + 24);
    std::copy(watermark.root.bytes.begin(), watermark.root.bytes.end(), to + 56);
    std::fill(to + 88, to + checked_size, Byte{0});
    store_le(to + checked_size, crc32c({to, checked_size}));
}

std::optional<Headlog::Newest> decode(ByteSpan record) {
    const Byte* from = record.data();
    if (!std::equal(std::begin(magic), std::end(magic), from)) return std::nullopt;
    if (load_le<std::uint32_t>(from + checked_size) != crc32c(record.first(checked_size))) return std::nullopt;
    Headlog::Newest newest;
    newest.watermark.epoch = load_le<std::uint32_t>(from + 4);
    newest.number = load_le<std::uint64_t>(from + 8);
    newest.watermark.position = load_le<std::uint64_t>(from + 16);
    std::copy_n(from + 24, Hash::size, newest.watermark.entry.bytes.begin());
    std::copy_n(from + 56, Hash::size, newest.watermark.root.bytes.begin());
    return newest;
}

Result<Bytes> read_all(int file, const std::filesystem::path& path) {
    struct stat status {};
    if (::fstat(file, &status) != 0) return failed(path, "Reading");
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);  // after a failed write the page cache may hold what the disk does not
    Bytes bytes(static_cast<std::size_t>(status.st_size));
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t got = ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed(path, "Reading");
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

struct Found {
    std::optional<Headlog::Newest> newest;
    std::uint64_t slot = 0;
    std::uint64_t slots = 0;
    bool written = false;  // some byte is not zero
};

// From the end, so that the newest record of a file is the first that needs its checksum computed.
Found find_newest(const Bytes& bytes) {
    Found found;
    found.slots = bytes.size() / record_size;
    for (std::uint64_t slot = found.slots; slot-- > 0;) {
        const ByteSpan record = ByteSpan{bytes}.subspan(slot * record_size, record_size);
        if (std::all_of(record.begin(), record.end(), [](Byte byte) { return byte == 0; })) continue;
        found.written = true;
        if (found.newest && load_le<std::uint64_t>(record.data() + 8) <= found.newest->number) continue;
        if (const auto newest = decode(record)) {
            found.newest = newest;
            found.slot = slot;
        }
    }
    return found;
}

Result<void> write_at(int file, const std::filesystem::path& path, ByteSpan bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return failed(path, "Writing");
        bytes = bytes.subspan(static_cast<std::size_t>(put));
        offset += static_cast<std::uint64_t>(put);
    }
    return {};
}

}  // namespace

Headlog::~Headlog() {
    for (const int file : files_) {
        if (file >= 0) ::close(file);
    }
}

std::optional<Watermark> Headlog::newest() const { return newest_ ? std::optional{newest_->watermark} : std::nullopt; }

Result<std::unique_ptr<Headlog>> Headlog::open(const std::filesystem::path& folder, bool create) {
    std::error_code error;
    if (create) std::filesystem::create_directories(folder, error);
    std::unique_ptr<Headlog> headlog{new Headlog};
    headlog->folder_ = folder;
    bool written = false;
    for (int i = 0; i < 2; ++i) {
        const auto path = folder / names[i];
        headlog->files_[i] = ::open(path.c_str(), O_RDWR | O_DSYNC | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
        if (headlog->files_[i] < 0 && errno == ENOENT)
            return Error{Errc::not_found, "There is no watermark at " + path.string() + "."};
        if (headlog->files_[i] < 0) return failed(path, "Opening");
        const auto bytes = read_all(headlog->files_[i], path);
        if (!bytes) return bytes.error();
        const Found found = find_newest(*bytes);
        written = written || found.written;
        headlog->room_[i] = found.slots;
        if (found.newest && found.newest->number > headlog->number()) {
            headlog->newest_ = found.newest;
            headlog->at_ = {i, found.slot};
        }
    }
    if (written && !headlog->newest_) {
        return Error{Errc::corrupt, "No record of the watermark in " + folder.string() + " holds."};
    }
    if (create) {
        if (auto synced = sync_folder(folder); !synced) return synced.error();
    }
    return headlog;
}

Result<std::optional<Headlog::Newest>> Headlog::look(const std::filesystem::path& folder) {
    std::optional<Newest> newest;
    bool written = false;
    for (const char* name : names) {
        const auto path = folder / name;
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0 && errno == ENOENT) return Error{Errc::not_found, "There is no watermark at " + path.string() + "."};
        if (file < 0) return failed(path, "Opening");
        const auto bytes = read_all(file, path);
        ::close(file);
        if (!bytes) return bytes.error();
        const Found found = find_newest(*bytes);
        written = written || found.written;
        if (found.newest && (!newest || found.newest->number > newest->number)) newest = found.newest;
    }
    if (written && !newest) return Error{Errc::corrupt, "No record of the watermark in " + folder.string() + " holds."};
    return newest;
}

Headlog::Place Headlog::next_place() const {
    if (!newest_) return {0, 0};
    if (at_.slot + 1 < records_max) return {at_.file, at_.slot + 1};
    return {1 - at_.file, 0};
}

Result<void> Headlog::reserve() {
    const Place place = next_place();
    std::uint64_t& room = room_[place.file];
    if (place.slot < room) return {};
    const Bytes zeros(records_step * record_size);
    const std::uint64_t start = room * record_size;  // a file cut inside a record loses that part: it was torn
    if (auto grown = write_at(files_[place.file], folder_ / names[place.file], zeros, start); !grown) return grown;
    room += records_step;
    return {};
}

Result<void> Headlog::write(const Watermark& watermark, std::uint64_t number) {
    CHECK(number > this->number());
    if (auto reserved = reserve(); !reserved) return reserved;
    const Place place = next_place();
    Byte record[record_size];
    encode(watermark, number, record);
    const auto path = folder_ / names[place.file];
    if (auto written = write_at(files_[place.file], path, record, place.slot * record_size); !written) return written;
    newest_ = Newest{watermark, number};
    at_ = place;
    return {};
}

}  // namespace hoso::io
