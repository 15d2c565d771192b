#include <fcntl.h>
#include <unistd.h>

#include "shared/io/blob_store.hpp"
#include "shared/io/disk_file.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::io {
namespace {

Error not_whole(const Hash& root) { return {Errc::not_found, "The file " + root.hex() + " is not here, or not all of it."}; }

Error changed_on_disk(const Hash& root) {
    return {Errc::corrupt, "The file " + root.hex() + " changed on disk: it must be fetched again."};
}

std::optional<log::FileTree> load_tree(const std::filesystem::path& path, const log::FileId& file) {
    const std::size_t size = log::chunks_of(file.size) * Hash::size;
    const auto bytes = read_file(path, size);
    if (!bytes || bytes->size() != size) return std::nullopt;
    std::vector<Hash> chunks;
    chunks.reserve(log::chunks_of(file.size));
    for (std::size_t at = 0; at < size; at += Hash::size) chunks.push_back(*Hash::from(ByteSpan{*bytes}.subspan(at, Hash::size)));
    log::FileTree tree{std::move(chunks)};
    return tree.root() == file.root ? std::optional{std::move(tree)} : std::nullopt;
}

}  // namespace

Result<BlobStore::Piece> BlobStore::read(const log::FileId& file, std::uint64_t offset, std::size_t bytes_max) {
    if (offset >= file.size || bytes_max == 0)
        return Error{Errc::invalid, "These bytes are not of the file " + file.root.hex() + "."};
    const std::uint64_t chunk = offset / log::file_chunk_bytes;
    const auto begin = static_cast<std::size_t>(offset - chunk * log::file_chunk_bytes);
    const std::size_t bytes = std::min(bytes_max, log::chunk_size(file.size, chunk) - begin);
    const bool ends = begin + bytes == log::chunk_size(file.size, chunk);
    Piece piece;
    const auto cut = [&](ByteSpan from) {
        const ByteSpan part = from.subspan(begin, bytes);
        piece.bytes.assign(part.begin(), part.end());
    };
    if (is_whole(file)) {
        const auto held = read_chunk(file, chunk);
        if (!held) return held.error();
        cut(*held);
        if (ends) piece.proof = kept_->tree.proof(chunk);
    } else {
        BlobPart* part = part_of(file);
        auto held = part ? part->read(chunk) : std::nullopt;
        if (!held) return not_whole(file.root);
        cut(held->bytes);
        if (ends) piece.proof = std::move(held->proof);
    }
    return piece;
}

Result<ByteSpan> BlobStore::read_chunk(const log::FileId& file, std::uint64_t chunk) {
    const auto tree = tree_of(file);
    if (!tree) return tree.error();
    if (kept_->chunk == chunk) return ByteSpan{kept_->bytes};
    const auto data = DiskFile::open(path_of(file.root), O_RDONLY);
    if (!data) return data.error();
    kept_->chunk = no_chunk;
    kept_->bytes.resize(log::chunk_size(file.size, chunk));
    const auto got = data->read_at(chunk * log::file_chunk_bytes, kept_->bytes);
    if (!got) return got.error();
    if (*got < kept_->bytes.size() || log::leaf_hash(kept_->bytes) != (*tree)->chunks()[chunk]) return changed_on_disk(file.root);
    kept_->chunk = chunk;
    return ByteSpan{kept_->bytes};
}

// A tree that was lost or damaged is computed again from the file.
Result<const log::FileTree*> BlobStore::tree_of(const log::FileId& file) {
    if (kept_ && kept_->file == file) return &kept_->tree;
    auto tree = load_tree(tree_path_of(file), file);
    if (!tree) {
        auto chunks = hash_again(file);
        if (!chunks) return chunks.error();
        tree.emplace(*std::move(chunks));
        if (tree->root() != file.root) return changed_on_disk(file.root);
        (void)write_tree(file, *tree);  // saves time only
    }
    kept_.emplace(Kept{.file = file, .tree = *std::move(tree)});
    return &kept_->tree;
}

// True once all of it was read. Errc::corrupt when its size is another one.
Result<bool> BlobStore::hash_more(Checking& checking, const std::filesystem::path& path, std::uint64_t bytes_max) {
    const log::FileId& file = checking.file;
    if (!checking.data) {
        auto data = DiskFile::open(path, O_RDONLY);
        if (!data) return data.error();
        const auto status = data->status();
        if (!status) return status.error();
        if (file.size == 0 || static_cast<std::uint64_t>(status->st_size) != file.size) return changed_on_disk(file.root);
        checking.data.emplace(*std::move(data));
        checking.chunks.reserve(log::chunks_of(file.size));
        checking.bytes.resize(std::min<std::uint64_t>(file.size, log::file_chunk_bytes));
    }
    for (std::uint64_t done = 0; checking.chunks.size() < log::chunks_of(file.size); done += log::file_chunk_bytes) {
        if (done >= bytes_max) return false;
        const std::uint64_t index = checking.chunks.size();
        const std::span<Byte> chunk = std::span{checking.bytes}.first(log::chunk_size(file.size, index));
        const auto got = checking.data->read_at(index * log::file_chunk_bytes, chunk);
        if (!got) return got.error();
        checking.chunks.push_back(log::leaf_hash(chunk.first(*got)));
    }
    return true;
}

Result<std::vector<Hash>> BlobStore::hash_again(const log::FileId& file) const {
    Checking checking{.file = file};
    if (const auto read = hash_more(checking, path_of(file.root), file.size); !read) return read.error();
    return std::move(checking.chunks);
}

Result<BlobStore::Checking> BlobStore::begin_check(const Hash& root) const {
    const auto size = whole(root);
    if (!size) return not_whole(root);
    return Checking{.file = {root, *size}};
}

std::optional<Result<void>> BlobStore::go_on(Checking& checking, std::uint64_t bytes_max) {
    const log::FileId file = checking.file;
    if (!is_whole(file)) return Result<void>{not_whole(file.root)};  // removed meanwhile
    const auto all = hash_more(checking, path_of(file.root), bytes_max);
    if (all && !*all) return std::nullopt;
    return end_check(file, all ? Result<std::vector<Hash>>{std::move(checking.chunks)} : Result<std::vector<Hash>>{all.error()});
}

Result<void> BlobStore::check(const Hash& root) {
    auto checking = begin_check(root);
    if (!checking) return checking.error();
    return *go_on(*checking, checking->file.size);
}

Result<void> BlobStore::end_check(const log::FileId& file, Result<std::vector<Hash>> chunks) {
    if (!chunks && chunks.error().code == Errc::not_found) whole_.erase(file.root);  // somebody removed it
    if (!chunks && chunks.error().code != Errc::corrupt) return chunks.error();
    if (!chunks) return set_aside(file);
    const log::FileTree tree{*std::move(chunks)};
    if (tree.root() != file.root) return set_aside(file);
    if (!load_tree(tree_path_of(file), file)) (void)write_tree(file, tree);  // saves time only
    return {};
}

Result<void> BlobStore::set_aside(const log::FileId& file) {
    whole_.erase(file.root);  // whatever happens to its bytes, nobody is told any more that they are here
    kept_.reset();
    const auto damaged = folder_ / "damaged";
    if (auto made = make_folder(damaged); !made) return made;
    if (auto moved = move_file(path_of(file.root), damaged / file.root.hex()); !moved) return moved;
    remove_file(tree_path_of(file));
    for (const auto& folder : {folder_of(file.root), damaged}) {
        if (auto synced = sync_folder(folder); !synced) return synced;
    }
    return changed_on_disk(file.root);
}

Result<void> BlobStore::copy_out(const Hash& root, const std::filesystem::path& target, bool replace) {
    const auto size = whole(root);
    if (!size) return not_whole(root);
    std::error_code error;
    if (!replace && std::filesystem::exists(std::filesystem::symlink_status(target, error))) {
        return Error{Errc::exists, target.string() + " is there already."};
    }
    const std::filesystem::path part = target.string() + "." + random_hash().hex().substr(0, 12) + ".part";
    auto done = write_out({root, *size}, part);
    if (done) done = replace ? move_file(part, target) : move_new_file(part, target);
    if (!done) remove_file(part);
    return done ? sync_folder(target.has_parent_path() ? target.parent_path() : ".") : done;
}

Result<void> BlobStore::write_out(const log::FileId& file, const std::filesystem::path& target) {
    const auto out = DiskFile::create(target, O_WRONLY | O_EXCL);
    if (!out) return out.error();
    for (std::uint64_t chunk = 0; chunk < log::chunks_of(file.size); ++chunk) {
        const auto bytes = read_chunk(file, chunk);
        if (!bytes) return bytes.error();
        if (auto put = out->write_at(chunk * log::file_chunk_bytes, *bytes); !put) return put;
    }
    return out->sync();
}

Result<void> BlobStore::evict(const Hash& root) {
    const auto size = whole(root);
    if (!size) return not_whole(root);
    kept_.reset();
    whole_.erase(root);
    if (::unlink(path_of(root).c_str()) != 0) return disk_error(path_of(root), "Removing");
    remove_file(tree_path_of({root, *size}));
    return sync_folder(folder_of(root));
}

Result<void> BlobStore::drop_part(const log::FileId& file) {
    const auto at = parts_.find(file);
    if (at == parts_.end()) return not_whole(file.root);
    at->second.remove();
    parts_.erase(at);
    return {};
}

}  // namespace hoso::io
