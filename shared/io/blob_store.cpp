#include "shared/io/blob_store.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>

#include <charconv>
#include <set>

#include "shared/io/disk_file.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::io {
namespace {

constexpr std::size_t root_digits = 2 * Hash::size;
constexpr std::string_view tree_ending = ".tree";

// Of a name as we write it: no other spelling.
std::optional<Hash> root_in(const std::string& name) {
    const auto root = Hash::from_hex(std::string_view{name}.substr(0, root_digits));
    return root && name.starts_with(root->hex()) ? root : std::nullopt;
}

std::optional<log::FileId> part_in(const std::string& name) {
    const auto root = root_in(name);
    if (!root || name.size() < root_digits + 2 || name[root_digits] != '.') return std::nullopt;
    log::FileId file{*root, 0};
    const char* from = name.data() + root_digits + 1;
    const auto read = std::from_chars(from, name.data() + name.size(), file.size);
    if (read.ec != std::errc{} || file.size == 0 || file.size > log::file_bytes_max) return std::nullopt;
    return name == root->hex() + "." + std::to_string(file.size) ? std::optional{file} : std::nullopt;
}

// The names in a folder, sorted, so that what we do with them never depends on the disk's order.
Result<std::vector<std::string>> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator at{folder, error};
    for (; !error && at != std::filesystem::directory_iterator{}; at.increment(error)) names.push_back(at->path().filename());
    if (error) return Error{Errc::io, "Listing " + folder.string() + " failed: " + error.message() + "."};
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

Result<std::unique_ptr<BlobStore>> BlobStore::open(const std::filesystem::path& folder, const Options& options) {
    std::unique_ptr<BlobStore> store{new BlobStore{folder, options}};
    for (const auto& needed : {folder, store->incoming()}) {
        if (auto made = make_folder(needed); !made) return made.error();
    }
    if (auto found = store->find_files(); !found) return found.error();
    if (auto found = store->find_parts(); !found) return found.error();
    return store;
}

std::unique_ptr<BlobStore> BlobStore::closed(const std::filesystem::path& folder, Error why) {
    std::unique_ptr<BlobStore> store{new BlobStore{folder, {}}};
    store->closed_ = std::move(why);
    return store;
}

std::filesystem::path BlobStore::tree_path_of(const log::FileId& file) const {
    return folder_of(file.root) / (file.root.hex() + "." + std::to_string(file.size) + std::string(tree_ending));
}

Result<void> BlobStore::find_files() {
    const auto names = names_in(folder_);
    if (!names) return names.error();
    for (const std::string& name : *names) {
        if (name.size() != 2 || !from_hex(name)) continue;
        if (auto found = find_files_in(folder_ / name); !found) return found;
    }
    return {};
}

// A file was moved here after it and its tree were synced, so one with its tree beside it needs no second look.
Result<void> BlobStore::find_files_in(const std::filesystem::path& folder) {
    const auto names = names_in(folder);
    if (!names) return names.error();
    std::set<log::FileId> trees;
    for (const std::string& name : *names) {
        const auto root = root_in(name);
        if (!root || folder != folder_of(*root)) continue;
        std::error_code error;
        if (name.size() == root_digits) whole_[*root] = std::filesystem::file_size(folder / name, error);
        if (error) whole_.erase(*root);
        const auto tree = name.ends_with(tree_ending) ? part_in(name.substr(0, name.size() - tree_ending.size())) : std::nullopt;
        if (tree) trees.insert(*tree);
    }
    for (const log::FileId& file : trees) {
        if (!is_whole(file)) remove_file(tree_path_of(file));
    }
    for (const std::string& name : *names) {
        const auto root = name.size() == root_digits ? root_in(name) : std::nullopt;
        if (!root || !whole(*root)) continue;
        const log::FileId file{*root, *whole(*root)};
        if (!trees.contains(file) && !check(*root)) whole_.erase(*root);
    }
    return {};
}

Result<void> BlobStore::find_parts() {
    const auto names = names_in(incoming());
    if (!names) return names.error();
    for (const std::string& name : *names) {
        const auto file = part_in(name);
        if (file && !is_whole(*file)) parts_.try_emplace(*file, incoming(), *file);
    }
    for (const std::string& name : *names) {  // what a crash left over: of parts that became whole, of files half added
        const std::string part = name.substr(0, name.find('.', root_digits + 1));
        const auto file = root_in(name) ? part_in(part) : std::nullopt;
        if (file ? !parts_.contains(*file) : name.starts_with("adding")) remove_file(incoming() / name);
    }
    return {};
}

std::optional<std::uint64_t> BlobStore::whole(const Hash& root) const {
    const auto at = whole_.find(root);
    return at == whole_.end() ? std::nullopt : std::optional{at->second};
}

std::uint64_t BlobStore::held_bytes(const log::FileId& file) const {
    if (is_whole(file)) return file.size;
    const auto at = parts_.find(file);
    return at == parts_.end() ? 0 : at->second.held_bytes();
}

std::optional<log::FileId> BlobStore::next(const Hash& root) const {
    if (whole_.empty()) return std::nullopt;
    auto found = whole_.upper_bound(root);
    if (found == whole_.end()) found = whole_.begin();
    return log::FileId{found->first, found->second};
}

std::vector<log::FileId> BlobStore::files() const {
    std::vector<log::FileId> files;
    for (const auto& [root, size] : whole_) files.push_back({root, size});
    return files;
}

std::vector<log::FileId> BlobStore::parts() const {
    std::vector<log::FileId> parts;
    for (const auto& [file, part] : parts_) parts.push_back(file);
    return parts;
}

Result<void> BlobStore::room(std::uint64_t bytes) const {
    if (closed_) return *closed_;
    struct statvfs disk {};
    if (::statvfs(folder_.c_str(), &disk) != 0)
        return Error{Errc::io, "The disk that holds " + folder_.string() + " does not answer."};
    const std::uint64_t free = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
    if (free >= options_.reserve_bytes && free - options_.reserve_bytes >= bytes) return {};
    return Error{Errc::full, "The disk that holds " + folder_.string() + " has " + std::to_string(free >> 20) +
                                 " MiB left, too few for " + std::to_string(bytes) + " bytes and the reserve of " +
                                 std::to_string(options_.reserve_bytes >> 20) + " MiB: make room."};
}

Result<void> BlobStore::write_tree(const log::FileId& file, const log::FileTree& tree) const {
    const auto path = adding().string() + ".tree";
    Bytes bytes;
    bytes.reserve(tree.chunks().size() * Hash::size);
    for (const Hash& chunk : tree.chunks()) append(bytes, chunk.span());
    const auto written = [&]() -> Result<void> {
        const auto made = DiskFile::create(path, O_WRONLY);
        if (!made) return made.error();
        if (auto put = made->write_at(0, bytes); !put) return put;
        if (auto synced = made->sync(); !synced) return synced;
        return move_file(path, tree_path_of(file));
    }();
    if (!written) remove_file(path);
    return written;
}

// The file's name appears last: who sees it has the whole file. What cannot be synced is removed, since a second sync would say
// yes to bytes that the first one lost.
Result<void> BlobStore::settle(const log::FileId& file, const log::FileTree& tree, const std::filesystem::path& from) {
    const auto data = DiskFile::open(from, O_RDWR);
    if (!data) return data.error();
    if (auto made = make_folder(folder_of(file.root)); !made) return made;
    if (auto cut = data->resize(file.size); !cut) return cut;
    if (auto synced = data->sync(); !synced) {
        remove_file(from);
        return synced;
    }
    if (auto written = write_tree(file, tree); !written) return written;
    auto moved = sync_folder(folder_of(file.root));
    if (moved) moved = move_file(from, path_of(file.root));
    if (!moved) {
        remove_file(tree_path_of(file));
        return moved;
    }
    if (auto synced = sync_folder(folder_of(file.root)); !synced) return synced;
    whole_[file.root] = file.size;
    return {};
}

}  // namespace hoso::io
