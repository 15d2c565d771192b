#include "client/file_bundle.hpp"

#include <fcntl.h>

#include "shared/io/disk_file.hpp"
#include "shared/sync/frame.hpp"

namespace hoso::client {
namespace {

constexpr std::size_t parts_max = 999;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t chunk_room = log::file_chunk_bytes + 4096;  // in its frames

// Writes frames into one part after the other.
class Parts {
public:
    Parts(std::filesystem::path target, std::uint64_t bytes_max) : target_(std::move(target)), bytes_max_(bytes_max) {}
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() {
        for (const auto& part : packed.parts) {
            if (!kept_) io::remove_file(part);
        }
    }

    Result<void> write(const sync::BlobChunk& piece) {
        const Bytes frame = sync::encode(piece);
        Bytes bytes;
        append_le(bytes, static_cast<std::uint32_t>(frame.size()));
        append(bytes, frame);
        // A chunk lies in one part, so that parts may come in any order.
        const bool begins = piece.offset % log::file_chunk_bytes == 0;
        if (!file_ || (begins && at_ + chunk_room > bytes_max_)) {
            if (auto opened = open_next(); !opened) return opened;
        }
        auto written = file_->write_at(at_, bytes);
        at_ += bytes.size();
        packed.bytes += piece.bytes.size();
        return written;
    }
    Result<void> finish() {
        if (file_) {
            if (auto synced = file_->sync(); !synced) return synced;
        }
        kept_ = true;
        return {};
    }

    Packed packed;

private:
    Result<void> open_next() {
        if (file_) {
            if (auto synced = file_->sync(); !synced) return synced;
        }
        if (packed.parts.size() == parts_max)
            return Error{Errc::limit, "These files make more than 999 parts: name a larger --megabytes."};
        std::string number = std::to_string(packed.parts.size() + 1);
        number.insert(0, 3 - number.size(), '0');
        const std::filesystem::path part = target_.string() + "." + number;
        auto made = io::DiskFile::create(part, O_WRONLY | O_EXCL);
        if (!made) return made.error();
        file_.emplace(std::move(*made));
        packed.parts.push_back(part);
        at_ = 0;
        return {};
    }

    std::filesystem::path target_;
    std::uint64_t bytes_max_;
    std::optional<io::DiskFile> file_;
    std::uint64_t at_ = 0;
    bool kept_ = false;
};

Error torn(const std::filesystem::path& part) {
    return {Errc::corrupt, part.string() + " is no bundle of files, or is cut short: what it held before that is kept."};
}

}  // namespace

Result<Packed> pack_files(io::BlobStore& from, std::span<const log::FileId> files, const std::filesystem::path& target,
                          std::uint64_t bytes_max) {
    Parts parts(target, std::max(bytes_max, bundle_bytes_min));
    for (const log::FileId& file : files) {
        for (std::uint64_t offset = 0; offset < file.size;) {
            auto piece = from.read(file, offset, sync::piece_bytes_max);
            if (!piece) return piece.error();
            const sync::BlobChunk chunk{file, offset, std::move(piece->bytes), std::move(piece->proof)};
            if (auto written = parts.write(chunk); !written) return written.error();
            offset += chunk.bytes.size();
        }
        ++parts.packed.files;
    }
    if (auto finished = parts.finish(); !finished) return finished.error();
    return std::move(parts.packed);
}

Result<Unpacked> unpack_files(io::BlobStore& to, const std::filesystem::path& part,
                              const std::function<bool(const log::FileId&)>& cited) {
    auto file = io::DiskFile::open(part, O_RDONLY);
    if (!file) return file.error();
    Unpacked done;
    Bytes head(length_bytes), bytes;
    for (std::uint64_t at = 0;; at += length_bytes + bytes.size()) {
        const auto got = file->read_at(at, head);
        if (!got) return got.error();
        if (*got == 0) return done;
        const std::uint32_t size = load_le<std::uint32_t>(head.data());
        if (*got < length_bytes || size > sync::frame_bytes_max) return torn(part);
        bytes.resize(size);
        const auto body = file->read_at(at + length_bytes, bytes);
        if (!body) return body.error();
        const auto decoded = *body == size ? sync::decode(bytes) : Result<sync::Decoded>{torn(part)};
        const auto* piece = decoded ? std::get_if<sync::BlobChunk>(&decoded->frame) : nullptr;
        if (!piece) return torn(part);
        if (!cited(piece->file)) {
            done.left += piece->bytes.size();
            continue;
        }
        const auto taken = to.take(piece->file, piece->offset, piece->bytes, piece->proof);
        if (taken && *taken != io::BlobStore::Took::again) done.bytes += piece->bytes.size();
        if (taken && *taken == io::BlobStore::Took::whole) ++done.files;
        // What does not hold is not taken, and its file stays incomplete; the rest is good all the same.
        const bool spoiled = !taken && (taken.error().code == Errc::gap || taken.error().code == Errc::unauthentic);
        if (!taken && !spoiled) return taken.error();
    }
}

}  // namespace hoso::client
