<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>FirstStart</name>
    <message>
        <source>A set-up was begun here and not finished. Fill in the form again: it goes on.</source>
        <translation>此前的建站没有完成。请重新填写，将接着建站。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restore from a backup</source>
        <translation>从备份恢复</translation>
    </message>
    <message>
        <source>The backup is being checked and brought back …</source>
        <translation>正在核对并恢复备份……</translation>
    </message>
    <message>
        <source>The post had a machine before. Needs the backup file, and the printed recovery key where the old key is lost.</source>
        <translation>本站以前建过，换了机器或数据丢失。需要备份文件；原密钥不在时，还需要打印的恢复密钥。</translation>
    </message>
    <message>
        <source>The post is being set up …</source>
        <translation>正在建站……</translation>
    </message>
    <message>
        <source>as the city gave it</source>
        <translation>按市局发放的编号填写</translation>
    </message>
</context>
<context>
    <name>System</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Sections of the system page</source>
        <translation>系统页栏目</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>{lacking} See System, F10.</source>
        <translation>{lacking}请到“系统”（F10）设置。</translation>
    </message>
</context>
<context>
    <name>Upkeep</name>
    <message>
        <source> h</source>
        <translation> 小时</translation>
    </message>
    <message>
        <source>The city has countersigned no line yet.</source>
        <translation>市局尚未联署任何记录。</translation>
    </message>
    <message>
        <source>The city has countersigned it through line {n} ({time}); {rest} came later.</source>
        <translation>市局已联署到第 {n} 条（{time}）；其后 {rest} 条尚未联署。</translation>
    </message>
    <message>
        <source>The city could not be asked just now.</source>
        <translation>此刻未能向市局核对，以本机保存的联署为准。</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A backup every</source>
        <translation>定时备份间隔</translation>
    </message>
    <message>
        <source>A backup is one encrypted file with everything of this post but its key. Every page and every table is checked before the file gets its name. Print the recovery key and keep the paper apart: without a key no backup can be opened.</source>
        <translation>备份是一个加密文件，含本站全部数据，唯独不含密钥。逐页、逐表核对无误后才算备份成功。请打印恢复密钥并另行保管：没有密钥，任何备份都打不开。</translation>
    </message>
    <message>
        <source>A chief or an auditor may read it.</source>
        <translation>站长或审计员可以查看。</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Areas: {areas} areas with {cells} grid cells.</source>
        <translation>巡区：{areas} 个巡区，{cells} 个网格。</translation>
    </message>
    <message>
        <source>Ask the city</source>
        <translation>连接测试</translation>
    </message>
    <message>
        <source>Attributions</source>
        <translation>数据来源与致谢</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>审计记录</translation>
    </message>
    <message>
        <source>Authority of the city (CA)</source>
        <translation>市局 CA 证书</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Backed up and checked: {file}</source>
        <translation>已备份并核对无误：{file}</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Backup file</source>
        <translation>备份文件</translation>
    </message>
    <message>
        <source>Backup folder</source>
        <translation>备份文件夹</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Backups (*.backup)</source>
        <translation>备份 (*.backup)</translation>
    </message>
    <message>
        <source>Backups fail since {time}; tried again by itself. {why}</source>
        <translation>备份自 {time} 起失败，正在自动重试。{why}</translation>
    </message>
    <message>
        <source>Backups go to: {folder}</source>
        <translation>备份到：{folder}</translation>
    </message>
    <message>
        <source>Beginning …</source>
        <translation>即将开始……</translation>
    </message>
    <message>
        <source>Brought back in a drill: {time}</source>
        <translation>恢复演练通过：{time}</translation>
    </message>
    <message>
        <source>By</source>
        <translation>打印人</translation>
    </message>
    <message>
        <source>By the hour</source>
        <translation>按时间自动</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Certificate of this post</source>
        <translation>本站证书</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key)</source>
        <translation>证书与私钥 (*.pem *.crt *.cer *.key)</translation>
    </message>
    <message>
        <source>Check by drill restore</source>
        <translation>恢复演练</translation>
    </message>
    <message>
        <source>Check the certificate</source>
        <translation>核对证书</translation>
    </message>
    <message>
        <source>Check the files</source>
        <translation>核对文件</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择……</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据目录</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日间</translation>
    </message>
    <message>
        <source>Decided by the environment of this machine, not here.</source>
        <translation>由本机环境变量决定，此处修改无效。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Done to</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Empty the fields above to see the whole trail.</source>
        <translation>清空上方条件即可查看全部记录。</translation>
    </message>
    <message>
        <source>Every line is being verified …</source>
        <translation>正在逐条校验……</translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>导出审计记录</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>导出……</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File: {file}</source>
        <translation>文件：{file}</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>校验值</translation>
    </message>
    <message>
        <source>Holds as soon as saved. Best a folder on another disk.</source>
        <translation>保存后立即生效；最好选在另一块磁盘上。</translation>
    </message>
    <message>
        <source>If the key of the post is not on this machine, type the four lines of the printed recovery key; a line with a mistake is named at once. Else leave them empty.</source>
        <translation>本机没有本站密钥时，请输入打印的恢复密钥，共四行，输错会立即指出是哪一行；密钥在本机则留空。</translation>
    </message>
    <message>
        <source>Key number</source>
        <translation>密钥编号</translation>
    </message>
    <message>
        <source>Key of the store (keep a copy apart from the backups)</source>
        <translation>数据库密钥（请另存一份，与备份分开保管）</translation>
    </message>
    <message>
        <source>Key of this post</source>
        <translation>本站私钥</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Last backup: {time}, by {who}, {rows} rows, checked when made</source>
        <translation>最近备份：{time}，{who}，共 {rows} 行，备份时已核对</translation>
    </message>
    <message>
        <source>Last good backup {age} ago</source>
        <translation>最近一次合格备份：{age}前</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Lock the desk when nobody touches it for</source>
        <translation>无人操作多久后锁屏</translation>
    </message>
    <message>
        <source>Map data © OpenStreetMap contributors, ODbL 1.0. The map is drawn by Leaflet. Qt is used under the LGPL 3: its libraries may be replaced by your own.</source>
        <translation>地图数据 © OpenStreetMap 贡献者，ODbL 1.0。地图由 Leaflet 绘制。Qt 按 LGPL 3 使用，可换用自行编译的 Qt 库。</translation>
    </message>
    <message>
        <source>Name, theme and idle lock hold as soon as saved; the language at next start.</source>
        <translation>站名、主题、锁屏时间保存后立即生效；语言下次启动生效。</translation>
    </message>
    <message>
        <source>Never: by hand only</source>
        <translation>不定时，只手动备份</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>No areas: arrival limits go by the general one. Choose the file in Settings.</source>
        <translation>无巡区：到场时限一律按一般区域计算。请在“设置”中选择巡区文件。</translation>
    </message>
    <message>
        <source>No backup folder: a broken disk loses everything. Choose one in Settings.</source>
        <translation>无备份文件夹：磁盘一坏，数据全失。请在“设置”中选择。</translation>
    </message>
    <message>
        <source>No backup was ever made.</source>
        <translation>尚未备份过。</translation>
    </message>
    <message>
        <source>No backups by the clock</source>
        <translation>未启用定时备份</translation>
    </message>
    <message>
        <source>No city: calls come by hand only and nothing is reported. Enter the road in Settings.</source>
        <translation>未接市局平台：只能手工受理警情，也无法上报。请在“设置”中填写。</translation>
    </message>
    <message>
        <source>No crews: nobody can be sent. Add the post's crews.</source>
        <translation>无警力：无人可派。请添加本站巡逻组。</translation>
    </message>
    <message>
        <source>No file of areas is chosen.</source>
        <translation>未选择巡区文件。</translation>
    </message>
    <message>
        <source>No good backup yet</source>
        <translation>还没有合格的备份</translation>
    </message>
    <message>
        <source>No line is like that</source>
        <translation>没有符合条件的记录</translation>
    </message>
    <message>
        <source>No roads extract is chosen.</source>
        <translation>未选择路网文件。</translation>
    </message>
    <message>
        <source>No roads: no map and no minutes by road. Choose the extract (.osm.pbf) in Settings.</source>
        <translation>无路网：没有地图，也算不出路程时间。请在“设置”中选择路网文件（.osm.pbf）。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Not yet brought back in a drill.</source>
        <translation>尚未做过恢复演练。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有改动。</translation>
    </message>
    <message>
        <source>On a machine without the key</source>
        <translation>在没有密钥的机器上</translation>
    </message>
    <message>
        <source>Only a chief or a technician may change settings.</source>
        <translation>只有站长和技术员可以修改设置。</translation>
    </message>
    <message>
        <source>Open the console and choose “Restore from a backup”, or run: post-console restore FILE --recovery-key. Type the lines as they stand here; small letters and missing blanks do not matter. The last three signs of each line check it: a line with a mistake is named.</source>
        <translation>打开指挥台，选择“从备份恢复”；或运行 post-console restore 备份文件 --recovery-key。照此逐行输入，大小写与空格不限。每行最后三个字符是校验位，输错会指出是哪一行。</translation>
    </message>
    <message>
        <source>Open the post</source>
        <translation>打开本站</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Patrol areas (*.geojson *.json)</source>
        <translation>巡区 (*.geojson *.json)</translation>
    </message>
    <message>
        <source>Patrol areas (GeoJSON)</source>
        <translation>巡区文件（GeoJSON）</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>警务站</translation>
    </message>
    <message>
        <source>Post name</source>
        <translation>站名</translation>
    </message>
    <message>
        <source>Post number</source>
        <translation>站号</translation>
    </message>
    <message>
        <source>Post {post} is back as of {time}: {rows} rows, {lines} lines of the trail, all checked. What happened after that is not in this backup. {carried} events will be told to the city again, under the new epoch {epoch}.</source>
        <translation>警务站 {post} 已恢复到 {time}：{rows} 行数据、{lines} 条审计，全部核对无误。此后的数据不在这份备份中。将以新纪元 {epoch} 向市局重报 {carried} 条。</translation>
    </message>
    <message>
        <source>Print the recovery key</source>
        <translation>打印恢复密钥</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>打印时间</translation>
    </message>
    <message>
        <source>Printed by</source>
        <translation>打印人签字</translation>
    </message>
    <message>
        <source>Printed: delete the file</source>
        <translation>已打印，删除文件</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Put into the safe by</source>
        <translation>入柜人签字</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>Recovery key, line {n}</source>
        <translation>恢复密钥第 {n} 行</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restore from a backup</source>
        <translation>从备份恢复</translation>
    </message>
    <message>
        <source>Road to the city</source>
        <translation>市局平台</translation>
    </message>
    <message>
        <source>Roads and areas</source>
        <translation>路网与巡区</translation>
    </message>
    <message>
        <source>Roads extract (*.osm.pbf *.pbf)</source>
        <translation>路网 (*.osm.pbf *.pbf)</translation>
    </message>
    <message>
        <source>Roads extract (OpenStreetMap, .osm.pbf)</source>
        <translation>路网文件（OpenStreetMap，.osm.pbf）</translation>
    </message>
    <message>
        <source>Roads: {roads} roads, {streets} streets with a name, read in {ms} ms.</source>
        <translation>路网：道路 {roads} 条，有名街道 {streets} 条，读取用时 {ms} 毫秒。</translation>
    </message>
    <message>
        <source>Save settings</source>
        <translation>保存设置</translation>
    </message>
    <message>
        <source>Saved. Roads, areas, city and language take effect at next start: close the console and open it again.</source>
        <translation>已保存。路网、巡区、市局平台与语言下次启动生效：请关闭指挥台后重新打开。</translation>
    </message>
    <message>
        <source>Saved; it holds from now on.</source>
        <translation>已保存，立即生效。</translation>
    </message>
    <message>
        <source>Settings of this machine</source>
        <translation>本机设置</translation>
    </message>
    <message>
        <source>Takes effect at next start.</source>
        <translation>下次启动生效。</translation>
    </message>
    <message>
        <source>Takes effect at next start. Leave the address empty to work without the city.</source>
        <translation>下次启动生效。不接市局平台时，地址留空。</translation>
    </message>
    <message>
        <source>That is too much: set this machine's time.</source>
        <translation>时差过大：请校准本机时间。</translation>
    </message>
    <message>
        <source>The backup is being brought back and checked …</source>
        <translation>正在恢复到临时目录并核对……</translation>
    </message>
    <message>
        <source>The certificate is being checked …</source>
        <translation>正在核对证书……</translation>
    </message>
    <message>
        <source>The certificate of {name} fits and holds until {ends}.</source>
        <translation>证书属于 {name}，与 CA、私钥配套，有效期至 {ends}。</translation>
    </message>
    <message>
        <source>The certificate of {name} fits, but ends on {ends}: renew it now.</source>
        <translation>证书属于 {name}，配套无误，但 {ends} 到期：请尽快换发。</translation>
    </message>
    <message>
        <source>The chain holds: {n} lines, the last with hash {hash}.</source>
        <translation>审计链完整：{n} 条，末条校验值 {hash}。</translation>
    </message>
    <message>
        <source>The city answered in {ms} ms and knows this post; its clock differs by {s} s.</source>
        <translation>市局平台 {ms} 毫秒应答，认得本站；时差 {s} 秒。</translation>
    </message>
    <message>
        <source>The city is being asked, ten seconds at most …</source>
        <translation>正在连接市局平台，最多十秒……</translation>
    </message>
    <message>
        <source>The copy is being checked …</source>
        <translation>正在核对副本……</translation>
    </message>
    <message>
        <source>The drill passed: brought back, opened and checked – {pages} pages, {rows} rows, {lines} lines of the trail – and removed again.</source>
        <translation>恢复演练通过：已恢复到临时目录并打开核对，{pages} 页、{rows} 行、审计 {lines} 条，随后已清除。</translation>
    </message>
    <message>
        <source>The file with the recovery key was deleted.</source>
        <translation>恢复密钥文件已删除。</translation>
    </message>
    <message>
        <source>The files are being read …</source>
        <translation>正在读取文件……</translation>
    </message>
    <message>
        <source>The folder lies on the disk of the post's own data: if that breaks, both are lost. Better a disk of its own.</source>
        <translation>备份文件夹与本站数据在同一块磁盘上：磁盘一坏，两者全失。最好换到另一块磁盘。</translation>
    </message>
    <message>
        <source>The key: four lines, letters and digits without 0, O, 1, I</source>
        <translation>密钥：共四行，字母与数字，不含 0、O、1、I</translation>
    </message>
    <message>
        <source>The last good backup is {age} old: make one now (Ctrl+B).</source>
        <translation>最近一次合格备份已是 {age}前：请立即备份（Ctrl+B）。</translation>
    </message>
    <message>
        <source>The last run found backups that cannot be read and kept them aside as {names}: the disk may be failing.</source>
        <translation>上次备份时发现有备份无法读取，已改名保留为 {names}；这块盘可能有坏块。</translation>
    </message>
    <message>
        <source>The paper stands in {file}. Print it now, then delete the file here: the key must lie on paper only.</source>
        <translation>文件已生成：{file}。请现在打印，然后在此删除该文件；密钥只应留在纸上。</translation>
    </message>
    <message>
        <source>The recovery key was printed to {file}.</source>
        <translation>恢复密钥已生成到 {file}。</translation>
    </message>
    <message>
        <source>The square code holds the same four lines, for a scanner.</source>
        <translation>方形码内是同样的四行，可用扫码枪读取。</translation>
    </message>
    <message>
        <source>The store is being copied …</source>
        <translation>正在复制数据库……</translation>
    </message>
    <message>
        <source>The trail is being written …</source>
        <translation>正在导出审计记录……</translation>
    </message>
    <message>
        <source>The trail is not shown to you</source>
        <translation>无权查看审计记录</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>This key opens every backup of this post. Keep the paper in the safe, apart from the backups; show it to nobody who need not restore them.</source>
        <translation>本密钥可打开本站的每一份备份。请将此纸锁入保险柜，与备份分开保管；不要给无须恢复数据的人看。</translation>
    </message>
    <message>
        <source>This post</source>
        <translation>本站</translation>
    </message>
    <message>
        <source>This post still lacks: {names}.</source>
        <translation>本站尚缺：{names}。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Verify the chain</source>
        <translation>校验审计链</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>What it was done to</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Whoever has this paper and a backup can read everything of this post. Print it, lock the paper in the safe, and delete the file.</source>
        <translation>有这张纸和一份备份，就能读出本站全部数据。打印后把纸锁进保险柜，并删除文件。</translation>
    </message>
    <message>
        <source>Write the PDF</source>
        <translation>生成 PDF</translation>
    </message>
    <message>
        <source>You have no right to {right}: a technician has it.</source>
        <translation>你没有“{right}”权限；请由技术员操作。</translation>
    </message>
    <message>
        <source>Your password again</source>
        <translation>再次输入您的密码</translation>
    </message>
    <message>
        <source>being checked now …</source>
        <translation>正在核对……</translation>
    </message>
    <message>
        <source>being copied now …</source>
        <translation>正在复制……</translation>
    </message>
    <message>
        <source>choose a backup folder in Settings</source>
        <translation>请在“设置”中选择备份文件夹</translation>
    </message>
    <message>
        <source>crews</source>
        <translation>警力</translation>
    </message>
    <message>
        <source>not set: choose one in Settings</source>
        <translation>未设置，请在“设置”中选择</translation>
    </message>
    <message>
        <source>one every {n} h, three are kept</source>
        <translation>每 {n} 小时一次，保留三份</translation>
    </message>
    <message>
        <source>post-console {version}, Apache-2.0; data schema {schema}</source>
        <translation>post-console（警务站指挥台）{version}，Apache-2.0；数据结构 {schema}</translation>
    </message>
    <message>
        <source>switched off in Settings: by hand only</source>
        <translation>“设置”中已关闭，只能手动备份</translation>
    </message>
    <message>
        <source>the backup folder</source>
        <translation>备份文件夹</translation>
    </message>
    <message>
        <source>the clock</source>
        <translation>定时</translation>
    </message>
    <message>
        <source>room on the disk</source>
        <translation>磁盘空间</translation>
    </message>
    <message>
        <source>The disk is full: its reserve was given up so that calls go on. Imports, recordings and backups to this disk wait. Free some space; the reserve is then made again by itself.</source>
        <translation>磁盘已满：应急预留空间已放出，接处警照常；导入、录制和存到本盘的备份暂停。请腾出空间，预留空间会自动重建。</translation>
    </message>
    <message>
        <source>the patrol areas</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>the road to the city</source>
        <translation>市局平台</translation>
    </message>
    <message>
        <source>the roads extract</source>
        <translation>路网</translation>
    </message>
    <message>
        <source>{n} lines were written to {file}.</source>
        <translation>已导出 {n} 条到 {file}。</translation>
    </message>
</context>
</TS>
