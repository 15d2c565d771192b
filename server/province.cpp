#include "server/province.hpp"

#include "shared/io/key_file.hpp"

namespace hoso::server {
namespace {

constexpr std::size_t batch_events = 4096;
constexpr std::size_t batch_bytes = 4u << 20;
constexpr std::size_t pem_bytes_max = 64 * 1024;

Result<void> fold_all(Book& book, const Progress& progress) {
    const Position size = book.log->size();
    while (book.replica.size() < size) {
        const auto events = book.log->read(book.replica.size(), batch_events, batch_bytes);
        if (!events) return events.error();
        if (events->empty()) return Error{Errc::corrupt, "The log ends before its size says."};
        for (const log::Event& event : *events) {
            if (const auto folded = book.replica.fold(event, replica::Replica::Check::judge); !folded) {
                return Error{folded.error().code, "Event " + std::to_string(event.head.position) + ": " + folded.error().detail};
            }
        }
        if (progress) progress(book.replica.size(), size);
    }
    return {};
}

Result<std::string> read_text(const std::filesystem::path& file) {
    const auto bytes = io::read_file(file, pem_bytes_max);
    if (!bytes) return bytes.error();
    return std::string{as_text(*bytes)};
}

}  // namespace

Files::Files(const std::filesystem::path& folder)
    : db(folder / "db"),
      log(folder / "log"),
      log_key(folder / "log.key"),
      tls_key(folder / "tls.key"),
      tls_certificate(folder / "tls.crt"),
      recovery_key(folder / "recovery.key"),
      join(folder / "join.json"),
      address(folder / "address") {}

Result<Book> open_book(const std::filesystem::path& folder, const io::Database::Options& options, const Progress& progress) {
    const Files files(folder);
    std::error_code ignored;
    if (!std::filesystem::exists(files.db, ignored)) {
        return Error{Errc::not_found, "There is no province in " + folder.string() + ": found one with hoso-server init."};
    }
    auto database = io::Database::open(files.db, options);
    if (!database) {
        if (database.error().code != Errc::locked) return database.error();
        return Error{Errc::locked, "Another server uses " + folder.string() + ": only one may. " + database.error().detail};
    }
    Book book;
    book.database = std::move(*database);
    auto log = io::RocksLog::open(*book.database, files.log, io::RocksLog::Options{});
    if (!log) return log.error();
    book.log = std::move(*log);
    book.amnesia = book.log->amnesia().has_value();
    if (const auto folded = fold_all(book, progress); !folded) return folded.error();
    return book;
}

Result<Province> open_province(const std::filesystem::path& folder, std::uint64_t disk_reserve_bytes, const Progress& progress) {
    const Files files(folder);
    io::Database::Options options;
    options.reserve_bytes = disk_reserve_bytes;
    auto book = open_book(folder, options, progress);
    if (!book) return book.error();
    auto key = io::load_key(files.log_key);
    if (!key) return key.error();
    if (key->public_key() != book->replica.state().registry.genesis.log_key) {
        return Error{Errc::unauthentic, files.log_key.string() + " is not the key of this log."};
    }
    auto tls_key = read_text(files.tls_key);
    if (!tls_key) return tls_key.error();
    auto certificate = read_text(files.tls_certificate);
    if (!certificate) return certificate.error();
    const auto genesis = book->log->at(0);
    if (!genesis) return genesis.error();
    Bytes leaf;
    log::encode_leaf(*genesis, leaf);
    net::Identity identity{std::move(*tls_key), std::move(*certificate)};
    return Province{std::move(*book), std::move(*key), std::move(identity), std::move(leaf)};
}

}  // namespace hoso::server
