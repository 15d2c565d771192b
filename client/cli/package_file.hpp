#pragma once

#include <boost/json/array.hpp>

#include "client/paper/facts.hpp"
#include "shared/io/blob_store.hpp"

namespace hoso::client::cli {

inline constexpr std::uint64_t package_bytes_max = 1ull << 30;  // it is made while everybody else waits

struct PackagePart {
    std::string name;  // in the archive
    std::string bytes{};
    std::optional<log::FileId> file{};  // of the desk's store, instead of bytes
    std::string product{};
    std::string document{};
    std::string title{};
    std::string criteria{};
};

// What a letter takes to the next stage: each dossier as it stands, its files, the minutes and decisions it rests on, a list of the
// dossiers. The archive holds a list of the parts as well, and their SHA-256 as `sha256sum -c` reads them.
struct Package {
    domain::PackageSent letter;
    std::string name;  // of the archive
    std::vector<PackagePart> parts;
    boost::json::array missing;  // files that are cited and not on this desk
    std::uint64_t bytes = 0;     // of the files
};

// By id or number. Errc::not_found: no such letter, or one of its products is not on this desk; invalid: several are called so.
Result<Package> package_of(const paper::Source& source, const io::BlobStore& store, const std::string& called);
// Replaces `file`. Errc::not_found where files are missing, limit, and what reading files and writing the archive meets; then there
// is no file.
Result<void> write_package(const Package& package, io::BlobStore& store, const std::filesystem::path& file);

}  // namespace hoso::client::cli
