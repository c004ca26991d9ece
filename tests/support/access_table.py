"""Who may call which operation: what the matrix of doors is held to, written by hand and by nobody else.

Each line: the operation, the least role, the scope a token needs (`session`: no token will do).
`anybody` has signed in, `operator` runs the installation. `workspace`: the role is asked for in the
workspace, though the path leads to a project.
"""

TABLE = """
list_accounts viewer read
create_account editor manage
delete_account editor manage
get_account viewer read
change_account editor manage
list_circuits viewer read
test_account editor manage
list_assets guest read
count_assets viewer read
list_asset_tags viewer read
delete_asset editor write
download_file guest write
get_asset viewer read
download_asset editor write
change_asset editor write
restore_asset editor write
show_strip viewer read
show_thumbnail viewer read
trash_asset editor write
sign_asset viewer read
show_waveform viewer read
declare_likeness editor write
list_asset_likenesses viewer read
declare_nobody editor write
withdraw_consent editor write
list_likenesses viewer read
list_takedowns viewer read
get_takedown viewer read
reply_to_takedown admin write
list_notices operator manage
get_notice operator manage
uphold_notice operator manage
reject_notice operator manage
lift_notice operator manage
logout anybody session
change_password anybody session
get_session anybody read
read_docs anybody read
follow_events guest read
get_film viewer read
generate editor spend
list_invitations admin read
offer_place admin manage
accept_invitation anybody session
revoke_invitation guest manage
list_jobs guest read
create_job editor write
get_job viewer read
cancel_job editor write
retry_job editor write
list_submissions viewer read
leave anybody session
list_workspace_deeds admin manage
list_own_deeds anybody manage
get_me anybody read
change_me anybody session
get_choices anybody read
put_choices anybody write
ask_for_new_email anybody session
ask_for_verification anybody session
export_me anybody session
list_identities anybody read
unlink_identity anybody session
link_identity anybody session
list_passkeys anybody read
add_passkey anybody session
ask_to_add_passkey anybody session
remove_passkey anybody session
rename_passkey anybody session
revoke_sessions anybody session
list_sessions anybody session
revoke_session anybody session
list_tokens anybody read
create_token anybody session
revoke_token anybody session
list_media_operations guest read
process_media guest write
list_members viewer read
remove_member viewer manage
change_member admin manage
list_models anybody read
get_model anybody read
list_music_sessions viewer read
create_music_session editor write
get_music_session viewer read
add_music_take editor spend
rate_music_take editor write
read_openapi anybody read
list_account_standings operator manage
list_deeds operator manage
get_service_health operator manage
count_jobs operator manage
list_stuck_jobs operator manage
list_overrides operator manage
add_models operator manage
reset_model operator manage
override_model operator manage
list_users operator manage
get_user operator manage
change_user operator manage
restore_user operator manage
act_for_user operator session
suspend_user operator manage
get_user_usage operator manage
list_preferences viewer read
delete_preference editor write
put_preference editor write
import_project editor write
list_projects guest read
create_project editor write
trash_project admin write
get_project viewer read
rename_project editor write
analyze_script editor spend
break_down_script viewer read
archive_project admin write
list_comments viewer read
add_comment commenter write
delete_comment commenter write
edit_comment commenter write
reopen_comment commenter write
reply_to_comment commenter write
resolve_comment commenter write
list_costs viewer read
export_costs viewer read
list_ledger_entries viewer read
list_limits viewer read
set_limit admin manage
remove_limit admin manage
list_room viewer read
list_project_costs viewer read
apply_director_edits editor write
list_director_threads viewer read
open_director_thread editor write
list_director_messages viewer read
ask_director editor spend
ask_director_streamed editor spend
duplicate_project editor write workspace
export_project editor write
list_films viewer read
start_film editor write
move_project owner session
list_project_invitations owner read
offer_project_place owner manage
transfer_project owner session
list_project_members viewer read
remove_project_member viewer manage
change_project_member owner manage
leave_presence viewer read
list_presences viewer read
beat_presence viewer read
quote_film editor write
list_references viewer read
pin_reference editor write
restore_project admin write
revise_project editor write
list_revisions viewer read
get_newest_revision viewer read
get_revision viewer read
restore_revision editor write
list_shares admin read
share_project admin write
revoke_share admin write
get_share admin read
take_own_files_away editor write
put_own_files editor write
get_state viewer read
edit_state editor write
save_state editor write
list_state_versions viewer read
get_state_version viewer read
restore_state editor write
delete_project admin write
quote editor write
unpin_reference editor write
draft_script editor spend
get_submission viewer read
decide_submission editor spend
write_text editor spend
list_threads viewer read
create_thread editor write
delete_thread editor write
get_thread viewer read
send_message editor spend
describe_uploads guest write
create_upload guest write
end_upload guest write
get_upload guest read
find_upload_offset guest read
continue_upload guest write
get_usage anybody read
list_workspaces anybody read
create_workspace anybody manage
get_workspace anybody read
rename_workspace anybody manage
archive_workspace anybody manage
restore_workspace anybody manage
transfer_workspace anybody session
complete_chat editor spend
list_chat_models anybody read
"""

SHARES = """
view            200 403 403
comment         200 200 201
download        200 403 403
locked          403 403 403
locked-opened   200 200 201
expired         404 404 404
revoked         404 404 404
unknown         404 404 404
"""
"""What a share link opens, by its kind: the project, the comments on it, a comment of one's own.

`locked` has a password that is not given, or is not the right one; `locked-opened` is given it.
"""
