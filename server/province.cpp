#include "server/province.hpp"

#include "shared/io/key_file.hpp"
#include "shared/log/checkpoint.hpp"

namespace hoso::server {
namespace {

constexpr std::size_t batch_events = 4096;
constexpr std::size_t batch_bytes = 4u << 20;
constexpr std::size_t pem_bytes_max = 64 * 1024;
constexpr std::size_t note_bytes_max = 16 * 1024;

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

// What a desk has shown lifts only when the log holds it; a start alone changes nothing.
Result<void> heed_evidence(Book& book, const std::filesystem::path& file) {
    if (book.amnesia) return {};
    const auto note = io::read_file(file, note_bytes_max);
    if (!note && note.error().code == Errc::not_found) return {};
    if (!note) return note.error();
    if (note_holds(book, as_text(*note))) return {};
    book.amnesia =
        Error{Errc::amnesia, "A desk has shown a checkpoint under this log's key that the log here does not match; it is kept in " +
                                 file.string() + ". Bring back a standby or a backup that matches it."};
    return {};
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
      address(folder / "address"),
      quarantine(folder / "quarantine"),
      blobs(folder / "blobs"),
      evidence(folder / "log" / "evidence.note") {}

bool note_holds(const Book& book, std::string_view note) {
    const domain::Genesis& genesis = book.replica.state().registry.genesis;
    const auto opened = log::open_note(note, genesis.origin, genesis.log_key);
    if (!opened || opened->size > book.log->size()) return false;
    const auto root = log::root_at(*book.log, opened->size);
    return root && *root == opened->root;
}

Result<Book> open_book(const std::filesystem::path& folder, const io::Database::Options& options, const Progress& progress,
                       const std::optional<Hash>& accept_head) {
    const Files files(folder);
    std::error_code ignored;
    if (!std::filesystem::exists(files.db, ignored)) {
        return Error{Errc::not_found, "There is no province in " + folder.string() + ": found one with hoso-server init."};
    }
    io::RocksLog::Options log_options;
    log_options.accept_head = accept_head;
    auto opened = io::open_whole_log(files.db, files.log, options, log_options);
    if (!opened) {
        if (opened.error().code != Errc::locked) return opened.error();
        return Error{Errc::locked, "Another server uses " + folder.string() + ": only one may. " + opened.error().detail};
    }
    Book book;
    book.database = std::move(opened->database);
    book.log = std::move(opened->log);
    book.amnesia = book.log->amnesia();
    if (const auto folded = fold_all(book, progress); !folded) return folded.error();
    if (const auto heeded = heed_evidence(book, files.evidence); !heeded) return heeded.error();
    return book;
}

Result<Province> open_province(const std::filesystem::path& folder, std::uint64_t disk_reserve_bytes, const Progress& progress,
                               const std::optional<Hash>& accept_head) {
    const Files files(folder);
    io::Database::Options options;
    options.reserve_bytes = disk_reserve_bytes;
    auto book = open_book(folder, options, progress, accept_head);
    if (!book) return book.error();
    if (book->log->size() == 0) {
        return book->amnesia.value_or(Error{Errc::corrupt, "The log in " + folder.string() + " holds no event."});
    }
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
    return Province{std::move(*book), std::move(*key), std::move(identity), std::move(leaf), files};
}

}  // namespace hoso::server
