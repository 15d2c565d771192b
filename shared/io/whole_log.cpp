#include "shared/io/whole_log.hpp"

namespace hoso::io {
namespace {

Result<WholeLog> open_as_asked(const std::filesystem::path& database_folder, const std::filesystem::path& watermark_folder,
                               const Database::Options& database_options, const RocksLog::Options& log_options) {
    auto database = Database::open(database_folder, database_options);
    if (!database) return database.error();
    auto log = RocksLog::open(**database, watermark_folder, log_options);
    if (!log) return log.error();
    return WholeLog{std::move(*database), std::move(*log)};
}

}  // namespace

Result<WholeLog> open_whole_log(const std::filesystem::path& database_folder, const std::filesystem::path& watermark_folder,
                                const Database::Options& database_options, const RocksLog::Options& log_options) {
    std::error_code ignored;
    if (!database_options.read_only && std::filesystem::exists(database_folder / "CURRENT", ignored)) {
        Database::Options looking = database_options;
        looking.read_only = true;
        looking.create = false;
        auto seen = open_as_asked(database_folder, watermark_folder, looking, log_options);
        const bool amnesiac = seen && seen->log->amnesia();
        // While another process writes there, a look says nothing: opening will answer that it is locked.
        if ((!seen || amnesiac) && !Database::in_use(database_folder)) return seen;
    }
    return open_as_asked(database_folder, watermark_folder, database_options, log_options);
}

}  // namespace hoso::io
