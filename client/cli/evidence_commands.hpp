#pragma once

#include "client/cli/session.hpp"

// Papers and photos of a dossier: client/desk_files.hpp keeps them.
namespace hoso::client::cli {

Result<int> add_evidence(Session& session, const Arguments& arguments);
Result<int> list_evidence(Session& session, const Arguments& arguments);
Result<int> show_evidence(Session& session, const Arguments& arguments);
Result<int> get_evidence(Session& session, const Arguments& arguments);
Result<int> verify_evidence(Session& session, const Arguments& arguments);
Result<int> evict_evidence(Session& session, const Arguments& arguments);

}  // namespace hoso::client::cli
